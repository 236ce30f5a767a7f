-- Trusts of August 2026, and the boards that official tables put them under.
SELECT org_code AS trust, a.org_name AS name, a.trust_type AS kind, coalesce(t.postcode, '') AS postcode,
       coalesce(a.ics_name, '') AS systems24, coalesce(t.icb22_code_nhs, '') AS icb24,
       coalesce(t.icb26_code_nhs, '') AS icb26, a.nhs_region_name AS region,
       coalesce(a.predecessor_codes, '') AS predecessors, a.merger_date AS merged
FROM 'today/geography/trusts_all_types_2026_08.csv' AS a
LEFT JOIN 'today/geography/trusts_2026.csv' AS t USING (org_code)
WHERE a.trust_type <> 'Online / Digital'
ORDER BY trust
