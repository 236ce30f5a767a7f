"""The page for whom there is no room at the moment: a full queue, or no file handle left.

It is in no template, for a template is a file that would have to be opened.
"""

AGAIN = 5
"""Seconds after which to come again where the machine has nothing left for a page."""

_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Busy – Triple Aim</title>
<h1>The server is busy</h1>
<p>{why} Try again in {again} second{s}.</p>
</html>
"""


def busy_page(why: str, again: int) -> str:
    """The page that says why, and to come again in so many seconds."""
    return _PAGE.format(why=why, again=again, s="" if again == 1 else "s")
