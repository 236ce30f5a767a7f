-- Disease registers by practice, 31 March 2025.
SELECT practice_code AS practice, register,
       CAST(coalesce(nullif(regexp_extract(ages, '[0-9]+'), ''), '0') AS UTINYINT) AS minimum_age,
       list_size, register_count
FROM 'today/qof/qof_practice_2024_25.parquet'
ORDER BY practice, register
