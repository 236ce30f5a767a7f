-- Patients in hospital who no longer meet the criteria to reside, by acute trust, means a day of 2025/26.
SELECT org_code AS trust, reporting_days, no_criteria_to_reside_daily AS no_criteria,
       discharged_daily AS discharged, remaining_daily AS remaining, delay_bed_days_los7_total AS bed_days_7_plus
FROM 'today/activity/discharge_delays_provider_2025_26.csv' ORDER BY trust
