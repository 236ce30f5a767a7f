"""What closes the gap, by how much, on whose word?"""
