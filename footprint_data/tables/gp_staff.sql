-- General practitioners (full-time equivalents, trainees with them) by district of the practice.
SELECT ltla24_code AS district, registered_patients AS patients, gp_fte
FROM 'today/workforce/gp_fte_ltla24.csv' ORDER BY district
