"""What closes the gap, by how much, on what evidence?"""
