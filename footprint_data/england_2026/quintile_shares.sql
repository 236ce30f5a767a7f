-- Share of people by deprivation quintile (1 most deprived): fifths of England's small areas by rank in the index of multiple deprivation 2025
-- (source imd-2025), with their people of mid-2022 (source area-people-2022). Contains public sector information licensed under the Open Government Licence v3.0.
SELECT CAST(ceil(imd_rank * 5 / (SELECT count(*) FROM areas)) AS INTEGER) AS quintile,
       round(sum(people_2022) / sum(sum(people_2022)) OVER (), 5) AS share
FROM areas GROUP BY quintile ORDER BY quintile
