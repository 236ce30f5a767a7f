-- The same by board and month, means of the days reported.
SELECT CAST(date_trunc('month', CAST(date AS DATE)) AS DATE) AS month, icb_code_nhs AS icb24,
       count(do_not_meet_criteria_to_reside) AS days,
       round(avg(do_not_meet_criteria_to_reside), 1) AS no_criteria
FROM 'today/activity/criteria_to_reside_icb_daily_2022_2025.parquet'
WHERE do_not_meet_criteria_to_reside IS NOT NULL
GROUP BY ALL ORDER BY ALL
