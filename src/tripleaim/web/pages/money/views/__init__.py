"""The views of money, a module for each page with the pages below it."""
