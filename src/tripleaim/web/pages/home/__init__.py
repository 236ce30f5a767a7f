"""Pages of no place: the list of places, the glossary, accessibility, and what to do when
something is wrong.
"""
