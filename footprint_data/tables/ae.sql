-- A&E by provider and month from April 2023: attendances by type, waits over four hours, emergency admissions.
WITH months AS (
    SELECT CAST(period AS DATE) AS month, current_code(org_code) AS provider, att_type1 AS type1,
           att_type2 AS type2, att_other AS other,
           over4h_type1 + over4h_type2 + over4h_other AS over_4_hours,
           adm_type1 + adm_type2 + adm_other_ae AS admitted_from_ae,
           adm_not_via_ae AS admitted_directly
    FROM 'activity/ae_provider_monthly_2020_2026.parquet'
    WHERE CAST(period AS DATE) >= DATE '2023-04-01'
    UNION ALL
    SELECT CAST(period AS DATE), current_code(org_code), att_type1, att_type2, att_other, over4h_all,
           adm_via_ae, NULL
    FROM 'today/activity/ae_provider_monthly_2026_03_06.csv'
)
SELECT month, provider, CAST(sum(type1) AS INTEGER) AS type1, CAST(sum(type2) AS INTEGER) AS type2,
       CAST(sum(other) AS INTEGER) AS other,
       CASE WHEN count(over_4_hours) = count(*) THEN CAST(sum(over_4_hours) AS INTEGER) END
       AS over_4_hours,
       CAST(sum(admitted_from_ae) AS INTEGER) AS admitted_from_ae,
       CASE WHEN count(admitted_directly) = count(*) THEN CAST(sum(admitted_directly) AS INTEGER) END
       AS admitted_directly
FROM months GROUP BY month, provider
ORDER BY month, provider
