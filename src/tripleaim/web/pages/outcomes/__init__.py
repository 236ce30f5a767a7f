"""Does prevention pay, and when? And would the model have predicted what happened?"""
