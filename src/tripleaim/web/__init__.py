"""The pages: what a person sees of a plan, at addresses that can be mailed.

Public and read-only. A view asks the library for a place's workspace, a presenter turns the plan's
document into words and rows, a template shows them. Nothing is stored: a scenario is its address.
"""

from tripleaim.web.server import serve

__all__ = ["serve"]
