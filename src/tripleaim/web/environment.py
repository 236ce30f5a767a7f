"""The Jinja environment: our templates, the NHS design system's, and the words they share."""

from __future__ import annotations

from typing import Any

from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader

from tripleaim.place import STATUS_MEANING
from tripleaim.web import assets_manifest
from tripleaim.web.presenters import words


def environment(**options: Any) -> Environment:
    """The environment that Django renders every page with."""
    loader = ChoiceLoader([options.pop("loader"), PackageLoader("nhsuk_frontend_jinja")])
    # The design system's macros rely on a missing name being empty at any depth.
    options |= {"undefined": ChainableUndefined}
    options.pop("autoescape")
    made = Environment(loader=loader, autoescape=True, **options)
    made.globals |= {"asset": assets_manifest.address, "meaning": STATUS_MEANING}
    made.filters |= {
        "money": words.money,
        "position": words.position,
        "account": words.account,
        "count": words.count,
        "percent": words.percent,
        "quantity": words.quantity,
        "capital": words.capital,
    }
    return made
