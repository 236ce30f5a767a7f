-- What part of each location of 2024 went to each board of 2026: all of it, or for one that was split the part of the
-- need-weighted population (allocations 2025/26) of its practices.
WITH weighed AS (
    SELECT h.sub_icb24, h.icb26, sum(final_wp) AS need
    FROM 'today/costs/gp_practice_weighted_population_2025_26.parquet' AS w
    JOIN practice_homes AS h ON h.practice = w.practice_code
    WHERE h.icb26 <> '' GROUP BY ALL
), went AS (
    SELECT DISTINCT sicbl24_code_nhs AS sub_icb24, icb26_code_nhs AS icb26
    FROM 'today/geography/sub_icb_2024_2026.csv'
)
SELECT sub_icb24, icb26,
       round(CASE WHEN count(*) OVER location = 1 THEN 1 ELSE need / sum(need) OVER location END, 4)
       AS part
FROM went LEFT JOIN weighed USING (sub_icb24, icb26)
WINDOW location AS (PARTITION BY sub_icb24)
ORDER BY sub_icb24, icb26
