-- Names of all providers that waiting lists and A&E name.
SELECT provider_code AS provider, any_value(provider_name) AS name
FROM (SELECT provider_code, provider_name FROM 'today/geography/rtt_providers_2026_01.csv'
      UNION ALL SELECT org_code, org_name FROM 'today/geography/trusts_2026.csv'
      WHERE org_code NOT IN (SELECT provider_code FROM 'today/geography/rtt_providers_2026_01.csv'))
GROUP BY 1 ORDER BY 1
