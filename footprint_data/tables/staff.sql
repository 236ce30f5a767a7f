-- Staff of trusts: mean full-time equivalents and days lost to sickness, 2024/25.
SELECT org_code AS organisation, count(*) AS months, round(avg(fte_average), 1) AS fte,
       round(100 * sum(fte_days_lost) / sum(fte_days_available), 2) AS sickness_pct
FROM 'today/workforce/nhs_staff_fte_sickness_monthly_2024_2025.csv'
GROUP BY 1 ORDER BY 1
