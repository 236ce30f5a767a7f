"""Pure functions from a plan's document to the words, numbers and rows that a page shows."""
