-- Locations of boards in 2024 and where each went on 1 April 2026.
SELECT sicbl24_code_nhs AS sub_icb24, sicbl24_code AS ons24, icb24_code_nhs AS icb24,
       sicbl26_code_nhs AS sub_icb26, sicbl26_code AS ons26, icb26_code_nhs AS icb26
FROM 'today/geography/sub_icb_2024_2026.csv'
ORDER BY sub_icb24, sub_icb26
