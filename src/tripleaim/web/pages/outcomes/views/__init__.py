"""The views of outcomes."""
