-- A&E attendances and emergency admissions of providers whose board of 2024 is known, by board and month, April 2016 to
-- March 2023 without 2019/20. Until March 2019 admissions are those through A&E only. Smaller than `ae_by_board`.
WITH months AS (
    SELECT CAST(period AS DATE) AS month, latest_code(org_code) AS provider, attendances,
           admissions AS emergency_admissions
    FROM 'activity/ae_provider_monthly_2016_2019.parquet'
    UNION ALL
    SELECT CAST(period AS DATE), latest_code(org_code), att_type1 + att_type2 + att_other,
           adm_type1 + adm_type2 + adm_other_ae + adm_not_via_ae
    FROM 'activity/ae_provider_monthly_2020_2026.parquet'
    WHERE CAST(period AS DATE) < DATE '2023-04-01'
)
SELECT month, icb22_code_nhs AS icb24, CAST(sum(attendances) AS INTEGER) AS attendances,
       CAST(sum(emergency_admissions) AS INTEGER) AS emergency_admissions
FROM months JOIN 'today/geography/trusts_2026.csv' ON org_code = provider
WHERE icb22_code_nhs IS NOT NULL
GROUP BY ALL ORDER BY ALL
