-- Registered patients by practice on the first of a month: January 2021, May 2022, September 2023 to August 2025, June and
-- July 2026.
SELECT CAST(extract_date AS DATE) AS month, practice_code AS practice,
       CAST(sum(patients) AS INTEGER) AS patients
FROM (SELECT extract_date, practice_code, patients FROM 'primary_care/gp_list_total_2021_2022.csv'
      UNION ALL
      SELECT extract_date, practice_code, patients
      FROM 'today/primary_care/gp_list_total_monthly_2023_2026.parquet')
GROUP BY ALL ORDER BY ALL
