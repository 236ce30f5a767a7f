"""Pages of no place: the glossary, accessibility, and what to do when a page fails."""

from __future__ import annotations

import re
import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tripleaim.core import NOTHING_LEFT
from tripleaim.web.plans import open_plans
from tripleaim.web.ui.answers import FAULT, busy
from tripleaim.web.ui.assets_manifest import ASSETS

ROW = re.compile(r"\|([^|]+)\|([^|]+)\|")


def words() -> list[tuple[str, str, str]]:
    """The glossary: anchor, word and meaning, in its own order."""
    lines = map(ROW.fullmatch, _glossary().splitlines())
    rows = [(row[1].strip(), row[2].strip()) for row in lines if row]
    return [
        (re.sub(r"[^a-z0-9]+", "-", word.lower()).strip("-"), word, meaning)
        for word, meaning in rows
        if word != "word" and not set(word) <= set("-: ")
    ]


def by_letter() -> dict[str, list[tuple[str, str, str]]]:
    """The glossary by first letter, a capital."""
    letters: dict[str, list[tuple[str, str, str]]] = {}
    for anchor, word, meaning in words():
        letters.setdefault(word[0].upper(), []).append((anchor, word, meaning))
    return letters


def _glossary() -> str:
    return (ASSETS / "GLOSSARY.md").read_text("utf-8")


def glossary(request: HttpRequest, question: str) -> HttpResponse:
    """What the field's words mean here."""
    return render(
        request,
        "home/glossary.jinja",
        {"title": "Glossary", "question": question, "letters": by_letter()},
    )


def accessibility(request: HttpRequest, question: str) -> HttpResponse:
    """How accessible these pages are, and what is not."""
    return render(
        request, "home/accessibility.jinja", {"title": "Accessibility", "question": question}
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """There is no such page: say so, and what to do next."""
    first = exception.args[0] if exception.args else ""
    message = first if isinstance(first, str) else ""
    return render(
        request,
        "home/not_found.jinja",
        {"title": "Page not found", "message": message, "places": open_plans().places()},
        status=404,
    )


def went_wrong(request: HttpRequest) -> HttpResponse:
    """We failed: say so, and what to do next.

    Where the machine has no file handle or memory left, say when to try again.
    """
    fault = sys.exc_info()[1]
    if fault is not None:
        request.META[FAULT] = fault
    if isinstance(fault, MemoryError) or getattr(fault, "errno", None) in NOTHING_LEFT:
        return busy()
    return render(request, "home/went_wrong.jinja", {"title": "Something went wrong"}, status=500)
