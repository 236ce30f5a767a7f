-- Patients registered with the practices of each board, 1 July 2026 (source gp-lists-2026-07). Contains public sector information licensed under the Open Government Licence v3.0.
WITH banded AS (
    SELECT icb26 AS area, sex, patients, CAST(regexp_extract(age_band, '[0-9]+') AS INTEGER) AS first
    FROM lists JOIN practice_homes USING (practice)
), wide AS (
    SELECT area, sex, patients, CASE WHEN first < 5 THEN 0 WHEN first >= 75 THEN 75 ELSE (first - 5) // 10 * 10 + 5 END AS start FROM banded
)
SELECT area, sex, CASE start WHEN 0 THEN '0-4' WHEN 75 THEN '75+' ELSE start || '-' || (start + 9) END AS age_band,
       CAST(sum(patients) AS BIGINT) AS patients
FROM wide GROUP BY area, sex, start ORDER BY area, sex, start
