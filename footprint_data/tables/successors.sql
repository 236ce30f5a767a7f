-- Every code that another has taken over, or that closed (successor empty), and since when (empty: not known): boards,
-- locations and trusts, small areas of 2011, practices. change is what happened to the code.
WITH listed AS (
    SELECT kind, code, successor, coalesce(CAST(since AS VARCHAR), '') AS since, source FROM joined_codes
    UNION ALL
    SELECT DISTINCT 'location', sicbl24_code_nhs, sicbl26_code_nhs, '2026-04-01', 'boards-2026'
    FROM 'today/geography/sub_icb_2024_2026.csv' WHERE sicbl24_code_nhs <> sicbl26_code_nhs
    UNION ALL
    SELECT 'area', lsoa11_code, lsoa21_code, '2021', 'areas-2011'
    FROM 'today/geography/lsoa11_lsoa21.parquet' WHERE change_code <> 'U'
    UNION ALL
    SELECT 'practice', practice, '', closed, 'ods-practices-2025-09' FROM practice_homes WHERE closed <> ''
)
SELECT kind, code, successor, since,
       CASE WHEN successor = '' THEN 'closed'
            WHEN count(*) OVER (PARTITION BY kind, code) > 1 THEN 'split'
            WHEN count(*) OVER (PARTITION BY kind, successor, since) > 1 THEN 'merged'
            ELSE 'taken over' END AS change, source
FROM listed ORDER BY kind, code, successor
