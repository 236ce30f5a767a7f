"""Staff and primary care in words and tables."""
