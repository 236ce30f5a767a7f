-- Staff whom primary care networks employ, 30 June 2026.
SELECT pcn_code AS network, staff_group, staff_role, people, round(fte, 2) AS fte
FROM 'today/workforce/pcn_workforce_2026_06.parquet' ORDER BY ALL
