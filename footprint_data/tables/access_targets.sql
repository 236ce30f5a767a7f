-- Waiting-time targets of the planning rounds by year, as far as found; a year that is not here was not found.
SELECT * FROM (VALUES
    ('four hours', 'Within four hours at A&E', '2025/26', 78.0, 'March 2026',
     'urgent and emergency care plan 2025/26, as Carnall Farrar summarises it'),
    ('four hours', 'Within four hours at A&E', '2026/27', 82.0, 'March 2027',
     'Medium Term Planning Framework, as two public repositories of code cite it; compare with the original'),
    ('four hours', 'Within four hours at A&E', '2028/29', 85.0, 'the year 2028/29',
     'Medium Term Planning Framework, as two public repositories of code cite it; compare with the original'),
    ('18 weeks', 'Waiting 18 weeks or less for planned treatment', '2025/26', 65.0, 'March 2026',
     'priorities and operational planning guidance 2025/26, as the press reports it'),
    ('18 weeks', 'Waiting 18 weeks or less for planned treatment', '2026/27', 70.0, 'March 2027',
     'Medium Term Planning Framework, as NHS Providers summarises it: nationally; each provider 65%, or 7 points better, whichever is more'),
    ('18 weeks', 'Waiting 18 weeks or less for planned treatment', '2028/29', 92.0, 'March 2029',
     'Medium Term Planning Framework, as NHS Providers summarises it'),
    ('62 days', 'Treated for cancer within 62 days of referral', '2028/29', 85.0, 'the year 2028/29',
     'Medium Term Planning Framework, as NHS England announced it (reported by HEFMA)'),
    ('31 days', 'Treated for cancer within 31 days of the decision to treat', '2028/29', 96.0, 'the year 2028/29',
     'Medium Term Planning Framework, as NHS England announced it (reported by HEFMA)')
) AS targets(target, what, year, value, due, "where")
ORDER BY target, year
