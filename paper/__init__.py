"""The methods paper filled from the code: tables and numbers of docs/background/model*."""
