-- Patients in hospital who no longer meet the criteria to reside, by acute trust, means a day of 2025/26.
SELECT current_code(org_code) AS trust, min(reporting_days) AS reporting_days,
       round(sum(no_criteria_to_reside_daily), 3) AS no_criteria,
       round(sum(discharged_daily), 3) AS discharged, round(sum(remaining_daily), 3) AS remaining
FROM 'today/activity/discharge_delays_provider_2025_26.csv' GROUP BY 1 ORDER BY trust
