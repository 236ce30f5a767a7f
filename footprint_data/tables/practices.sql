-- Every practice with patients on 1 July 2026. Those that had left the map by August stand where the practice
-- file of 2025 has them.
WITH listed AS (SELECT DISTINCT practice_code FROM 'today/primary_care/gp_list_age_sex_2026_07.parquet')
SELECT practice_code AS practice, coalesce(m.practice_name, o.practice_name) AS name,
       coalesce(m.postcode, o.postcode) AS postcode, m.practice_code IS NOT NULL AS in_map,
       round(coalesce(m.lat, o.lat), 5) AS lat, round(coalesce(m.lon, o.lon), 5) AS lon
FROM listed
LEFT JOIN 'today/geography/gp_practice_lookup_2026_08.parquet' AS m USING (practice_code)
LEFT JOIN 'today/geography/gp_practices_ods_2025.parquet' AS o USING (practice_code)
ORDER BY practice
