-- Disease registers of general practice by board, 31 March 2025 (source qof-2024-25): people of at least minimum_age on the lists that the
-- registers are of, and how many of everybody are on the register. Contains public sector information licensed under the Open Government Licence v3.0.
SELECT icb26 AS area, register, condition, any_value(r.minimum_age) AS minimum_age, CAST(sum(list_size) AS BIGINT) AS list_size,
       CAST(sum(register_count) AS BIGINT) AS register_count
FROM registers AS r JOIN practice_homes USING (practice) JOIN conditions USING (register)
GROUP BY icb26, register, condition ORDER BY area, register
