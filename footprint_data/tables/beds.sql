-- Average daily overnight beds by trust and quarter, 2023/24 and 2024/25.
SELECT CAST(period_start AS DATE) AS "from", current_code(org_code) AS trust, specialty_group AS "group",
       round(sum(available_total), 2) AS available, round(sum(occupied_total), 2) AS occupied
FROM 'today/activity/beds_kh03_quarterly_2022_2025.parquet'
WHERE CAST(period_start AS DATE) >= DATE '2023-04-01'
GROUP BY ALL
ORDER BY ALL
