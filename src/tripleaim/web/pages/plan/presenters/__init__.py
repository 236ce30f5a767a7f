"""The plan and its range in words and tables."""
