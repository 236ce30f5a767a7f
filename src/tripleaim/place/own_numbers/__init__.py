"""Numbers of the place's own people in place of official ones (docs/decisions/0060)."""
