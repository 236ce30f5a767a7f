"""Pages of no place: the first page, the glossary, accessibility, and what to do when something
is wrong.
"""
