"""The plan as it leaves: document, reconciliation, workbook."""
