"""Figures and the audit in words and tables."""
