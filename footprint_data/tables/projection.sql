-- The official projection from mid-2022 by location of a board, sex and five-year age band (90+: 90 and over).
SELECT sicbl24_code_nhs AS sub_icb24, CAST(year AS USMALLINT) AS year, sex, age_group AS age_band,
       CAST(population AS FLOAT) AS people
FROM 'today/population/snpp2022_sub_icb_sex_ageband.parquet'
ORDER BY sub_icb24, year, sex DESC, TRY_CAST(regexp_extract(age_group, '[0-9]+') AS INTEGER)
