-- Growth, efficiency, uplift and targets of the planning rounds, as far as found.
SELECT * FROM 'today/finance/planning_rounds.csv' ORDER BY financial_year, item
