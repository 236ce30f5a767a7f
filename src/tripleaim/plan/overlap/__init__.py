"""Solutions against the gap: claims, reach groups, sizes, effects that meet, evidence."""
