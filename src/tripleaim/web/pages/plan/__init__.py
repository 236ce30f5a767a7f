"""Will this place balance? The plan on a page, its range, and the plan in other forms."""
