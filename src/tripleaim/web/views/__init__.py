"""Views: each asks a presenter for words and rows, a chart for a picture, and shows a template."""
