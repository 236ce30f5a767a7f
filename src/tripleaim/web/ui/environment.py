"""The Jinja environment: our templates, the NHS design system's, and the words they share."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from jinja2 import (
    ChainableUndefined,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
)

from tripleaim import wording as words
from tripleaim.place import STATUS_MEANING
from tripleaim.web.ui import assets_manifest
from tripleaim.web.ui.registry import registry


def environment(**options: Any) -> Environment:
    """The environment that Django renders every page with."""
    options["loader"] = ChoiceLoader(
        [PrefixLoader(_folders()), PackageLoader("nhsuk_frontend_jinja")]
    )
    # The design system's macros rely on a missing name being empty at any depth.
    options |= {"undefined": ChainableUndefined}
    options.pop("autoescape")
    jinja = Environment(autoescape=True, **options)
    jinja.globals |= {
        "asset": assets_manifest.address,
        "meaning": STATUS_MEANING,
        "documents_address": lambda: assets_manifest.documents_address(
            settings.TRIPLEAIM_DOCUMENTS
        ),
        "site_pages": lambda: registry().site_pages,
    }
    jinja.filters |= {
        "money": words.money,
        "position": words.position,
        "account": words.account,
        "count": words.count,
        "counted": words.counted,
        "percent": words.percent,
        "quantity": words.quantity,
        "capital": words.capital,
        "sentence": words.sentence,
    }
    return jinja


def _folders() -> dict[str, FileSystemLoader]:
    """The folders of templates by their subject: `money/open_book.jinja` is the subject money's."""
    folders = {"ui": Path(__file__).resolve().parent}
    for subject in settings.TRIPLEAIM_SUBJECTS:
        folders[subject.rpartition(".")[2]] = Path(str(import_module(subject).__file__)).parent
    return {name: FileSystemLoader(folder / "templates") for name, folder in folders.items()}
