-- Two sums of activity side by side.
SELECT
    $dimensions,
    coalesce(mine.quantity, 0) AS quantity,
    coalesce(theirs.quantity, 0) AS other_quantity,
    coalesce(theirs.quantity, 0) - coalesce(mine.quantity, 0) AS difference
FROM mine
FULL JOIN theirs USING ($dimensions)
ORDER BY $order
