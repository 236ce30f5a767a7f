-- The same list by provider, specialty and week waited (0: under one; 104: 104 and over).
SELECT current_code(provider_code) AS provider, treatment_function_code AS specialty,
       CAST(weeks_waited_from AS UTINYINT) AS week, CAST(sum(waiting) AS INTEGER) AS waiting
FROM 'today/activity/rtt_weeks_waited_provider_2026_01.parquet'
WHERE waiting > 0
GROUP BY ALL
ORDER BY ALL
