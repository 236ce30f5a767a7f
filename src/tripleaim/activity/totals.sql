-- Activity summed by some of its dimensions.
SELECT
    $dimensions,
    sum(quantity) AS quantity,
    sum(bed_days) AS bed_days,
    sum(cost) AS cost
FROM activity
GROUP BY $dimensions
ORDER BY $dimensions
