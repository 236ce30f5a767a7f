"""What solutions mean for each organisation: its book, its savings, its staff."""
