"""How long the main job takes and how much memory it needs, against its limits."""
