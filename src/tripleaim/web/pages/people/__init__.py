"""Who are we?"""
