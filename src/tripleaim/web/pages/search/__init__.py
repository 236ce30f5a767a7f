"""Where is this number, name or word?"""
