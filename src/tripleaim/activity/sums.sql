-- Activity summed by some of its dimensions.
SELECT * FROM (
    SELECT
        $grouped
        sum(quantity) AS quantity,
        sum(bed_days) AS bed_days,
        sum(cost) AS cost
    FROM activity
    WHERE $condition
    GROUP BY ALL
)
ORDER BY $order
