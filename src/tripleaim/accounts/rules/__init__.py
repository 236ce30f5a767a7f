"""Payment rules: what a commissioner pays for the same activity under each."""
