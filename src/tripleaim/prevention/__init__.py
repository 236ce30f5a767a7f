"""Prevention over twenty years: whom it reaches, what it changes, what it costs and whom, and how
soon that shows."""
