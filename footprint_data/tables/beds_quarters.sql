-- Average daily general and acute beds occupied overnight, by trust and quarter, from April 2016.
WITH quarters AS (
    SELECT CAST(period_start AS DATE) AS "from", org_code, specialty_group, occupied_total
    FROM 'activity/beds_kh03_quarterly_2010_2022.parquet'
    UNION ALL
    SELECT CAST(period_start AS DATE), org_code, specialty_group, occupied_total
    FROM 'today/activity/beds_kh03_quarterly_2022_2025.parquet'
)
SELECT "from", latest_code(org_code) AS trust, round(sum(occupied_total), 2) AS occupied
FROM quarters
WHERE specialty_group = 'general_and_acute' AND "from" >= DATE '2016-04-01'
GROUP BY ALL ORDER BY ALL
