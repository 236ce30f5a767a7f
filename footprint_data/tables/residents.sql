-- Residents by district and single year of age, mid-2024 (90: 90 and over).
SELECT area_code AS district, age, population AS people
FROM 'today/population/mye_2024_ltla_age.parquet'
WHERE area_code <> 'E92000001'
ORDER BY district, age
