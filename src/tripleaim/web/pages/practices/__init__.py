"""How do our practices differ, and who is registered with each?"""
