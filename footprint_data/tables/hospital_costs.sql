-- What trusts' care cost in England in 2024/25 by department (National Cost Collection): activity, £m, the line of
-- spend that pays for it and the kind of contact that it is, where it is one. Screening, which boards do not buy, is left out.
SELECT department_code AS department,
       CASE WHEN department_code LIKE 'Mental Health%' OR department_code LIKE '%Talking Therap%'
              OR department_code IN ('Community Health Service', 'Rehabilitation Inpatient', 'Wheelchair Equipment',
                                     'Audiology Community Health Services')
            THEN 'community-and-mental-health' ELSE 'acute' END AS line,
       CASE WHEN department_code = 'Emergency Care' THEN 'acute-ae'
            WHEN department_code LIKE 'Non-Elective%' THEN 'acute-non-elective'
            WHEN department_code IN ('Daycase', 'Elective Inpatients') THEN 'acute-elective'
            WHEN department_code LIKE 'Mental Health%' OR department_code LIKE '%Talking Therap%' THEN 'mental-health'
            WHEN department_code IN ('Community Health Service', 'Rehabilitation Inpatient', 'Wheelchair Equipment',
                                     'Audiology Community Health Services')
            THEN 'community' END AS point,
       department_code LIKE '%Contact' OR department_code LIKE 'Community Health%' OR department_code LIKE 'Non-Elective%'
         OR department_code IN ('Emergency Care', 'Daycase', 'Elective Inpatients', 'Audiology Community Health Services')
         AS counted,
       CAST(sum(activity) AS BIGINT) AS activity, round(sum(cost) / 1e6, 3) AS cost_m
FROM 'costs/national_cost_collection_2024_25.parquet'
WHERE department_code <> 'National screening programmes'
GROUP BY ALL ORDER BY department
