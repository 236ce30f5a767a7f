"""The published plan: document, reconciliation and workbook."""
