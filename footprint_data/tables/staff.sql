-- Staff of trusts: mean full-time equivalents and days lost to sickness, 2024/25.
WITH one AS (
    SELECT org_code, avg(fte_average) AS fte, sum(fte_days_lost) AS lost,
           sum(fte_days_available) AS available
    FROM 'today/workforce/nhs_staff_fte_sickness_monthly_2024_2025.csv' GROUP BY org_code
)
SELECT current_code(org_code) AS organisation, round(sum(fte), 1) AS fte,
       round(100 * sum(lost) / sum(available), 2) AS sickness_pct
FROM one GROUP BY 1 ORDER BY 1
