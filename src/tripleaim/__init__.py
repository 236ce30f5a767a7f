"""Triple Aim: an accountable care system in software."""

__version__ = "0.2.0"
