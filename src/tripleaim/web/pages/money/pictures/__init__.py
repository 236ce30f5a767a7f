"""Pictures that only pages of money show."""
