-- Primary care networks of August 2026 and their names.
SELECT DISTINCT pcn_code AS network, pcn_name AS name, icb26_code_nhs AS icb26
FROM 'today/geography/gp_practice_lookup_2026_08.parquet'
WHERE pcn_code <> 'U'
ORDER BY network
