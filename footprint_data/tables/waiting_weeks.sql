-- The same list by provider, specialty and week waited (0: under one; 104: 104 and over).
SELECT provider_code AS provider, treatment_function_code AS specialty,
       CAST(weeks_waited_from AS UTINYINT) AS week, CAST(waiting AS INTEGER) AS waiting
FROM 'today/activity/rtt_weeks_waited_provider_2026_01.parquet'
WHERE waiting > 0
ORDER BY ALL
