"""Money in words and tables."""
