"""Your own numbers: beside the official ones, set and undone on a page."""
