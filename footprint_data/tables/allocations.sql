-- Allocations of 2025/26 to the boards of 2024, in pounds (shares where a measure is one).
SELECT stream, icb24_code_nhs AS icb24, measure,
       CASE unit WHEN 'thousand_pounds' THEN 'pounds' ELSE unit END AS unit,
       CASE unit WHEN 'thousand_pounds' THEN round(value * 1000) ELSE round(value, 6) END AS value
FROM 'today/costs/icb_allocations_2023_2026.parquet'
WHERE edition = '2025/26' AND allocation_year = '2025/26' AND "table" = 'allocation'
ORDER BY ALL
