"""Prevention and the back-test in words and tables."""
