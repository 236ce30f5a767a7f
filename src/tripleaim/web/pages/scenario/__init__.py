"""What does this scenario change, and what may be changed?"""
