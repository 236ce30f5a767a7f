-- People living in England in mid-2024 by single year of age (90: 90 and over; source ons-mye-2024). The estimate has no sexes: each five years of age
-- are shared as the official projection has them in mid-2024 (source ons-snpp-2022). Contains public sector information licensed under the Open Government Licence v3.0.
WITH men AS (
    SELECT CAST(regexp_extract(age_band, '[0-9]+') AS INTEGER) // 5 AS band,
           sum(people) FILTER (sex = 'male') / sum(people) AS male
    FROM projection WHERE year = 2024 GROUP BY band
), aged AS (SELECT age, sum(people) AS people FROM residents GROUP BY age
), sexed AS (
    SELECT age, CAST(people AS BIGINT) AS people, CAST(round(people * male) AS BIGINT) AS men
    FROM aged JOIN men ON band = least(age // 5, 18)
)
SELECT age, 'male' AS sex, men AS population FROM sexed
UNION ALL SELECT age, 'female', people - men FROM sexed ORDER BY sex DESC, age
