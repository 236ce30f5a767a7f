-- People waiting to start treatment, end of January 2026, by who pays, provider, specialty and how long.
SELECT commissioner_code AS sub_icb24, current_code(provider_code) AS provider,
       treatment_function_code AS specialty,
       CAST(sum(weeks_0_18) AS INTEGER) AS weeks_0_18, CAST(sum(weeks_18_26) AS INTEGER) AS weeks_18_26,
       CAST(sum(weeks_26_52) AS INTEGER) AS weeks_26_52, CAST(sum(weeks_52_65) AS INTEGER) AS weeks_52_65,
       CAST(sum(weeks_65_78) AS INTEGER) AS weeks_65_78, CAST(sum(weeks_78_104) AS INTEGER) AS weeks_78_104,
       CAST(sum(weeks_104_plus) AS INTEGER) AS weeks_104_plus, CAST(sum(total) AS INTEGER) AS waiting
FROM 'today/activity/rtt_provider_commissioner_2026_01.parquet'
WHERE pathway = 'incomplete'
GROUP BY ALL
ORDER BY ALL
