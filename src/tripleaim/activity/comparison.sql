-- Two sums of activity side by side. A group that is not there is 0, one whose sum is null is not.
WITH
    mine AS (SELECT *, true AS is_there FROM one),
    theirs AS (SELECT *, true AS is_there FROM two),
    both_sides AS (
        SELECT
            $dimensions,
            if(mine.is_there IS NULL, 0, mine.$measure) AS $measure,
            if(theirs.is_there IS NULL, 0, theirs.$measure) AS other_$measure
        FROM mine
        FULL JOIN theirs USING ($dimensions)
    )
SELECT *, other_$measure - $measure AS difference
FROM both_sides
ORDER BY $order
