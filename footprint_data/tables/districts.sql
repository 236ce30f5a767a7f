-- Districts of 2024 with the council that has social care.
SELECT DISTINCT ltla24_code AS district, ltla24_name AS name, utla23_code AS council,
       utla23_name AS council_name, region24_code AS region
FROM 'today/geography/lsoa21_lookup.parquet'
ORDER BY district
