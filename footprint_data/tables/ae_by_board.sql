-- A&E attendances and emergency admissions by board and month.
SELECT period AS month, icb_code_nhs AS icb24, attendances, emergency_admissions
FROM 'today/activity/ae_icb_monthly_2022_2025.csv' ORDER BY ALL
