-- Integrated care boards of England since 1 April 2026: what they are compared by, beside their lists in peer_lists.csv.
-- imd_score: mean score of their small areas in the index of multiple deprivation 2025 (source imd-2025), higher is more deprived; rural_share: share of
-- people in small areas classed as rural in 2021 (source areas-2021); both by people of mid-2022 (source area-people-2022). Contains public sector information licensed under the Open Government Licence v3.0.
SELECT icb26 AS area, any_value(short_name_of(name26)) AS name, round(sum(imd_score * people_2022) / sum(people_2022), 3) AS imd_score,
       round(coalesce(sum(people_2022) FILTER (rural LIKE 'R%'), 0) / sum(people_2022), 4) AS rural_share, 'public' AS rural_status
FROM areas JOIN 'today/deprivation/imd2025_lsoa21.parquet' ON lsoa = lsoa21_code JOIN (SELECT DISTINCT icb26, name26 FROM boards) USING (icb26)
GROUP BY icb26 ORDER BY icb26
