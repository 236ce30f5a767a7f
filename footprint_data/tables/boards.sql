-- The boards of 2024 and their successors of April 2026: one row for each pair, so a split board has several.
SELECT icb24_code_nhs AS icb24, icb24_code AS ons24, icb24_name AS name24,
       icb26_code_nhs AS icb26, icb26_code AS ons26, icb26_name AS name26,
       nhs_region26_code_nhs AS region26, change, coalesce(cluster_id, '') AS cluster26
FROM 'today/geography/icb_2024_2026.csv'
LEFT JOIN 'today/geography/icb_2026_predecessors_clusters.csv' ON icb_code_nhs = icb26_code_nhs
ORDER BY icb24, icb26
