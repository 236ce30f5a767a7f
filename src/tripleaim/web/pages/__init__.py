"""The pages, one folder a subject: its addresses, views, presenters, pictures and templates."""
