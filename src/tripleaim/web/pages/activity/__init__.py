"""What will be needed if nothing changes?"""
