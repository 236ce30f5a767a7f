-- Average daily overnight beds by trust and quarter, 2023/24 and 2024/25.
SELECT CAST(period_start AS DATE) AS "from", org_code AS trust, specialty_group AS "group",
       round(available_total, 2) AS available, round(occupied_total, 2) AS occupied
FROM 'today/activity/beds_kh03_quarterly_2022_2025.parquet'
WHERE CAST(period_start AS DATE) >= DATE '2023-04-01'
ORDER BY ALL
