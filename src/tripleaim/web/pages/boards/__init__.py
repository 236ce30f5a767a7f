"""How do England's boards compare?"""
