-- Registered patients by practice, sex and five-year age band, 1 July 2026.
SELECT practice_code AS practice, sex, age_band, patients
FROM 'today/primary_care/gp_list_age_sex_2026_07.parquet'
ORDER BY practice, sex DESC, TRY_CAST(regexp_extract(age_band, '[0-9]+') AS INTEGER)
