-- Disease registers of the 6,188 practices of England added up, 31 March 2025.
-- Source: NHS England, Quality and Outcomes Framework 2024/25 (source qof-2024-25). Contains public sector information licensed under the Open Government Licence v3.0.
-- list_size: patients of at least minimum_age; all_ages: everybody on the lists that the registers are of. The register of asthma counts people from
-- age 6, which it did not in 2015/16. Palliative care, osteoporosis, obesity and risk of diabetes are left out: those registers are not prevalence.
SELECT register, condition, any_value(r.minimum_age) AS minimum_age, CAST(sum(r.list_size) AS BIGINT) AS list_size,
       CAST(max(sum(r.list_size)) OVER () AS BIGINT) AS all_ages, CAST(sum(r.register_count) AS BIGINT) AS register_count,
       round(100 * sum(r.register_count) / sum(r.list_size), 4) AS england_pct, 'qof-2024-25' AS source
FROM registers AS r JOIN conditions USING (register) GROUP BY register, condition ORDER BY register
