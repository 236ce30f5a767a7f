-- People waiting to start treatment at the end of each month, by trust, from April 2021.
SELECT CAST(period AS DATE) AS month, latest_code(org_code) AS trust,
       CAST(sum(waiting) AS INTEGER) AS waiting
FROM 'today/activity/rtt_provider_monthly_2021_2026.parquet'
WHERE latest_code(org_code) IN (SELECT org_code FROM 'today/geography/trusts_all_types_2026_08.csv')
GROUP BY ALL ORDER BY ALL
