-- Codes of trusts that have merged since 2012, and the trust of August 2026 that each is now.
SELECT code, latest_code(code) AS trust
FROM (SELECT code FROM merged UNION SELECT code FROM joined)
WHERE latest_code(code) IN (SELECT org_code FROM 'today/geography/trusts_all_types_2026_08.csv')
AND code <> latest_code(code)
ORDER BY code
