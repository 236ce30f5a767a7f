"""The pound by setting: in which setting each pound is spent, and whether it moves."""
