-- Every practice that is or was: the board of 2026 that it, its location or its whole board went to (empty where one
-- that was split no longer has it), its network, and since when it has been closed.
WITH location AS (
    SELECT sicbl24_code_nhs AS sub_icb24, min(icb26_code_nhs) AS icb26, min(icb24_code_nhs) AS icb24
    FROM 'today/geography/sub_icb_2024_2026.csv'
    GROUP BY sub_icb24 HAVING count(DISTINCT icb26_code_nhs) = 1
), board AS (
    SELECT icb24_code_nhs AS icb24, min(icb26_code_nhs) AS icb26
    FROM 'today/geography/icb_2024_2026.csv' GROUP BY icb24 HAVING count(*) = 1
), listed AS (
    SELECT practice_code, any_value(icb26_code_nhs) AS icb26, any_value(icb24_code_nhs) AS icb24
    FROM 'today/primary_care/gp_list_age_sex_2026_07.parquet' GROUP BY practice_code
), named AS (
    SELECT practice_code, any_value(icb24_code_nhs) AS icb24 FROM (
        SELECT practice_code, icb24_code_nhs FROM 'today/costs/gp_practice_weighted_population_2025_26.parquet'
        UNION ALL SELECT practice_code, icb24_code_nhs FROM 'today/qof/qof_practice_2024_25.parquet'
    ) GROUP BY practice_code
)
SELECT practice_code AS practice,
       coalesce(listed.icb24, m.icb24_code_nhs, location.icb24, named.icb24, '') AS icb24,
       coalesce(listed.icb26, m.icb26_code_nhs, location.icb26, board.icb26, '') AS icb26,
       coalesce(o.sicbl24_code_nhs, m.sicbl24_code_nhs, '') AS sub_icb24,
       coalesce(m.pcn_code, p.pcn_code, '') AS network,
       coalesce(CAST(o.close_date AS VARCHAR), '') AS closed
FROM 'today/geography/gp_practices_ods_2025.parquet' AS o
FULL JOIN 'today/geography/gp_practice_lookup_2026_08.parquet' AS m USING (practice_code)
FULL JOIN listed USING (practice_code)
FULL JOIN named USING (practice_code)
LEFT JOIN 'today/costs/gp_payments_practice_2022_23.parquet' AS p USING (practice_code)
LEFT JOIN location ON location.sub_icb24 = o.sicbl24_code_nhs
LEFT JOIN board ON board.icb24 = named.icb24
ORDER BY practice
