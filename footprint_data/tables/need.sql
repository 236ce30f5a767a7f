-- Population and need-weighted populations by practice, allocations 2025/26, with the board of 2024 that they were
-- allocated to.
SELECT practice_code AS practice, icb24_code_nhs AS icb24,
       CAST(pop AS FLOAT) AS people, CAST(g_a_wp AS FLOAT) AS general_and_acute,
       CAST(cs_wp AS FLOAT) AS community, CAST(mh_wp AS FLOAT) AS mental_health,
       CAST(mat_wp AS FLOAT) AS maternity, CAST(health_ineq_wp AS FLOAT) AS health_inequalities,
       CAST(prescr_wp AS FLOAT) AS prescribing, CAST(final_wp AS FLOAT) AS core,
       CAST(final_pmc_wp AS FLOAT) AS primary_medical
FROM 'today/costs/gp_practice_weighted_population_2025_26.parquet'
ORDER BY practice
