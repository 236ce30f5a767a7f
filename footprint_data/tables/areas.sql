-- Small areas of 2021 with their board, their middle, their deprivation and their people.
SELECT lsoa21_code AS lsoa, l.ltla24_code AS district, sicbl24_code_nhs AS sub_icb24,
       icb24_code_nhs AS icb24, icb26_code_nhs AS icb26, icb26_basis AS basis, ruc21_code AS rural,
       round(lat, 5) AS lat, round(lon, 5) AS lon, imd_rank, p.population AS people_2022,
       aged_0_15, aged_16_59, aged_60_plus, residents AS people_2021, ethnic_asian, ethnic_black,
       ethnic_mixed, ethnic_other, disabled
FROM 'today/geography/lsoa21_lookup.parquet' AS l
JOIN 'today/geography/lsoa21_centroids.parquet' USING (lsoa21_code)
JOIN 'today/deprivation/imd2025_lsoa21.parquet' USING (lsoa21_code)
JOIN 'today/population/lsoa21_population_2022.parquet' AS p USING (lsoa21_code)
JOIN 'today/population/census2021_lsoa21_ethnicity_disability.parquet' USING (lsoa21_code)
ORDER BY lsoa
