"""Who is short of what, who pays whom, and who would gain?"""
