"""Triple Aim: an accountable care system in software."""

__version__ = "0.3.0"
