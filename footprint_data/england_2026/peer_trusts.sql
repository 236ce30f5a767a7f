-- Acute and specialist trusts of England with a waiting list, by their code of August 2026; and for A&E, which does not know every trust of 2023/24,
-- the departments of each board of 2024 together. Beds and A&E are of 2023/24, the last year with all of them. beds: general and acute beds available
-- overnight, mean of the quarters (source kh03-2023-2025). ae_attendances: attendances of all types, ae_admissions: all emergency admissions (source
-- ae-monthly-2026). Admissions by age: not known. income: cost of 2024/25, £m, which is near to income; position: planned for 2025/26, as a share of it
-- (source trust-finance-2024-26). Contains public sector information licensed under the Open Government Licence v3.0.
WITH attended AS (
    SELECT icb24, CAST(sum(attendances) AS BIGINT) AS attendances, CAST(sum(emergency_admissions) AS BIGINT) AS admitted
    FROM ae_by_board WHERE month BETWEEN DATE '2023-04-01' AND DATE '2024-03-01' GROUP BY icb24 HAVING count(*) = 12
), listed AS (
    SELECT trust, name, (SELECT avg(available) FROM beds AS b WHERE b.trust = t.trust AND b."group" = 'general_and_acute'
                         AND b."from" < DATE '2024-04-01') AS beds, NULL AS attendances, NULL AS admitted, cost_m, planned_pct
    FROM acute AS t LEFT JOIN trust_finance USING (trust)
    UNION ALL
    SELECT icb24, 'A&E departments of ' || any_value(short_name_of(name24)), NULL, any_value(attendances), any_value(admitted), NULL, NULL
    FROM attended JOIN boards USING (icb24) GROUP BY icb24
)
SELECT trust, name, round(beds, 2) AS beds, NULL AS admissions_0_14, NULL AS admissions_15_29, NULL AS admissions_30_44,
       NULL AS admissions_45_59, NULL AS admissions_60_74, NULL AS admissions_75_89, NULL AS admissions_90,
       attendances AS ae_attendances, admitted AS ae_admissions, round(cost_m, 1) AS income, round(planned_pct / 100 * cost_m, 2) AS position
FROM listed ORDER BY trust
