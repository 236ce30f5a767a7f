-- Names of the specialties of waiting lists.
SELECT treatment_function_code AS specialty, treatment_function AS name
FROM 'today/activity/rtt_treatment_functions.csv' ORDER BY specialty
