-- Net spend of councils on care and health, in pounds: revenue outturn.
SELECT financial_year AS year, area_code AS council, service, pounds
FROM 'today/social_care/council_net_expenditure_2022_2025.csv'
WHERE service IN ('Adult Social Care', 'Children''s Social Care', 'Public Health')
ORDER BY ALL
