"""What differs between two scenarios, or two readings of one?"""
