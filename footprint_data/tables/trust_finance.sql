-- Costs of trusts in 2024/25 and their plans of 2025/26 (£m, per cent). Columns read by optical recognition are left out.
SELECT org_code AS trust, ncc_2024_25_actual_cost_m AS cost_m, ncc_2024_25_admitted_m AS admitted_m,
       ncc_2024_25_outpatient_m AS outpatient_m, ncc_2024_25_emergency_care_m AS emergency_m,
       nof_2025_26_q3_planned_surplus_deficit_pct AS planned_pct,
       nof_2025_26_q3_variance_to_plan_pct AS variance_pct,
       nof_2025_26_q3_implied_productivity_pct AS productivity_pct,
       outpatients_attended_2024_25 AS outpatients, eric_2024_25_backlog_m AS backlog_m
FROM 'today/finance/trust_finance_2024_2026.csv' ORDER BY trust
