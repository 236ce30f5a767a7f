"""Where does a number come from, and does the printed plan add up?"""
