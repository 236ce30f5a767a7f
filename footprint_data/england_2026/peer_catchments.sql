-- Where the patients of peer_trusts.csv live. Trusts: share of the waiting list of January 2026 by board (source rtt-2026-01), taken for their beds too; a
-- location that lies in several boards is shared by the need of its practices (source need-2025-26). Departments of a board of 2024: the same parts of that
-- board, so people who come from elsewhere count where they are treated. Shares under 0.2% are left out and the rest scaled to 1.
-- Contains public sector information licensed under the Open Government Licence v3.0.
WITH people AS (
    SELECT provider AS trust, icb26 AS area, sum(waiting * part) AS people
    FROM waiting JOIN location_parts USING (sub_icb24) JOIN acute ON acute.trust = provider GROUP BY provider, icb26
    UNION ALL
    SELECT n.icb24, icb26, sum(core) FROM need AS n JOIN practice_homes USING (practice) GROUP BY n.icb24, icb26 HAVING icb26 <> ''
), shares AS (SELECT trust, area, people / sum(people) OVER (PARTITION BY trust) AS share FROM people)
SELECT trust, area, round(share / sum(share) OVER (PARTITION BY trust), 4) AS share FROM shares WHERE share >= 0.002
ORDER BY trust, area
