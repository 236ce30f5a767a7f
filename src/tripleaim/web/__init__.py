"""The pages: what a person sees of a plan, at addresses that can be mailed.

Public and read-only. `plans/` opens the runs that pages are read from, `ui/` is what every page is
made with, `pages/` has a folder for each subject, `config/` puts them together. A presenter turns
the plan's document into words and rows, a template shows them. Nothing is stored: a scenario is its
address.
"""

from tripleaim.web.processes import bound
from tripleaim.web.server import serve

__all__ = ["bound", "serve"]
