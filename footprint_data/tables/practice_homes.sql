-- Every practice that is or was: the board of 2026 that it, its location or its whole board went to (empty where one
-- that was split no longer has it), its network, since when it has been closed, and the small area it stands in: as
-- published, else the nearest to its place on the map, else to the middle of its network's practices (empty: not known).
WITH location AS (
    SELECT sicbl24_code_nhs AS sub_icb24, min(icb26_code_nhs) AS icb26, min(icb24_code_nhs) AS icb24
    FROM 'today/geography/sub_icb_2024_2026.csv'
    GROUP BY sub_icb24 HAVING count(DISTINCT icb26_code_nhs) = 1
), board AS (
    SELECT icb24_code_nhs AS icb24, min(icb26_code_nhs) AS icb26
    FROM 'today/geography/icb_2024_2026.csv' GROUP BY icb24 HAVING count(*) = 1
), listed AS (
    SELECT practice_code, any_value(icb26_code_nhs) AS icb26, any_value(icb24_code_nhs) AS icb24
    FROM 'today/primary_care/gp_list_age_sex_2026_07.parquet' GROUP BY practice_code
), named AS (
    SELECT practice_code, any_value(icb24_code_nhs) AS icb24 FROM (
        SELECT practice_code, icb24_code_nhs FROM 'today/costs/gp_practice_weighted_population_2025_26.parquet'
        UNION ALL SELECT practice_code, icb24_code_nhs FROM 'today/qof/qof_practice_2024_25.parquet'
    ) GROUP BY practice_code
), stands AS (
    SELECT practice_code, coalesce(m.pcn_code, p.pcn_code) AS network,
           coalesce(m.lsoa21_code, o.lsoa21_code) AS lsoa, coalesce(m.lat, o.lat, n.lat) AS lat,
           coalesce(m.lon, o.lon, n.lon) AS lon
    FROM 'today/geography/gp_practices_ods_2025.parquet' AS o
    FULL JOIN 'today/geography/gp_practice_lookup_2026_08.parquet' AS m USING (practice_code)
    FULL JOIN 'today/costs/gp_practice_weighted_population_2025_26.parquet' AS n USING (practice_code)
    LEFT JOIN 'today/costs/gp_payments_practice_2022_23.parquet' AS p USING (practice_code)
), found AS (
    SELECT practice_code, lsoa, lat IS NOT NULL AS located,
           coalesce(lat, avg(lat) OVER same) AS lat, coalesce(lon, avg(lon) OVER same) AS lon
    FROM stands WINDOW same AS (PARTITION BY CASE WHEN network <> 'U' THEN network ELSE practice_code END)
), nearest AS (
    SELECT practice_code, located,
           arg_min(c.lsoa21_code, (c.lat - f.lat) ** 2 + ((c.lon - f.lon) * cos(radians(f.lat))) ** 2) AS lsoa
    FROM found AS f, 'today/geography/lsoa21_centroids.parquet' AS c
    WHERE f.lsoa IS NULL AND f.lat IS NOT NULL GROUP BY ALL
)
SELECT practice_code AS practice,
       coalesce(listed.icb24, m.icb24_code_nhs, location.icb24, named.icb24, '') AS icb24,
       coalesce(listed.icb26, m.icb26_code_nhs, location.icb26, board.icb26, '') AS icb26,
       coalesce(o.sicbl24_code_nhs, m.sicbl24_code_nhs, '') AS sub_icb24,
       coalesce(m.pcn_code, p.pcn_code, '') AS network,
       coalesce(CAST(o.close_date AS VARCHAR), '') AS closed,
       coalesce(m.lsoa21_code, o.lsoa21_code, nearest.lsoa, '') AS lsoa,
       CASE WHEN coalesce(m.lsoa21_code, o.lsoa21_code) IS NOT NULL THEN 'published'
            WHEN located THEN 'nearest' WHEN nearest.lsoa IS NOT NULL THEN 'network' ELSE '' END AS lsoa_basis
FROM 'today/geography/gp_practices_ods_2025.parquet' AS o
FULL JOIN 'today/geography/gp_practice_lookup_2026_08.parquet' AS m USING (practice_code)
FULL JOIN listed USING (practice_code)
FULL JOIN named USING (practice_code)
LEFT JOIN 'today/costs/gp_payments_practice_2022_23.parquet' AS p USING (practice_code)
LEFT JOIN location ON location.sub_icb24 = o.sicbl24_code_nhs
LEFT JOIN board ON board.icb24 = named.icb24
LEFT JOIN nearest USING (practice_code)
ORDER BY practice
