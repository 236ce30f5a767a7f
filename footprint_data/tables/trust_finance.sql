-- Costs of trusts and outpatients seen in 2024/25, and their plans of 2025/26 (£m, per cent). Columns read by optical recognition are left out.
SELECT current_code(org_code) AS trust, round(sum(ncc_2024_25_actual_cost_m), 2) AS cost_m,
       round(sum(ncc_2024_25_admitted_m), 2) AS admitted_m,
       round(sum(ncc_2024_25_outpatient_m), 2) AS outpatient_m,
       round(sum(ncc_2024_25_emergency_care_m), 2) AS emergency_m,
       CAST(sum(outpatients_attended_2024_25) AS BIGINT) AS outpatients,
       round(sum(nof_2025_26_q3_planned_surplus_deficit_pct * ncc_2024_25_actual_cost_m)
             / sum(ncc_2024_25_actual_cost_m), 3) AS planned_pct,
       round(sum(eric_2024_25_backlog_m), 2) AS backlog_m
FROM 'today/finance/trust_finance_2024_2026.csv' GROUP BY 1 ORDER BY trust
