"""Does prevention pay, and when? And would the model have foretold what happened?"""
