"""The model started in an early year and held against what happened since."""
