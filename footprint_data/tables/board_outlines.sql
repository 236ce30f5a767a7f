-- Outlines of the boards of April 2026, one row a point: polygon, ring (1 the outside, others holes) and step along it, in degrees (WGS84); simplified together, so that neighbours share their border; islands under 0.2 sq km are left out.
WITH boards AS (
    SELECT unnest(CAST(json_extract(content, '$.features') AS JSON[])) AS feature
    FROM read_text('today/geography/icb26_boundaries.geojson')
),
whole AS (
    SELECT feature ->> '$.properties.icb26_code_nhs' AS board, CAST(
        CASE feature ->> '$.geometry.type' WHEN 'MultiPolygon' THEN feature -> '$.geometry.coordinates'
        ELSE json_array(feature -> '$.geometry.coordinates') END
        AS DOUBLE[][][][]) AS polygons
    FROM boards
),
polygons AS (
    SELECT board, polygon, polygons[polygon] AS rings
    FROM (SELECT board, polygons, unnest(range(1, len(polygons) + 1)) AS polygon FROM whole)
),
rings AS (
    SELECT board, polygon, ring, rings[ring] AS points
    FROM (SELECT *, unnest(range(1, len(rings) + 1)) AS ring FROM polygons)
)
SELECT board, CAST(polygon AS SMALLINT) AS polygon, CAST(ring AS SMALLINT) AS ring,
    CAST(step AS SMALLINT) AS step, points[step][1] AS lon, points[step][2] AS lat
FROM (SELECT *, unnest(range(1, len(points) + 1)) AS step FROM rings)
ORDER BY board, polygon, ring, step
