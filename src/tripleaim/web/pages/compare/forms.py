"""Which scenario to compare with: an address or a token, as it was pasted."""

from __future__ import annotations

from urllib.parse import unquote

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from tripleaim.place import InputError
from tripleaim.plan import Basis, Choice, Scenario, choose, from_token, prints_period_total
from tripleaim.web.plans import open_plans
from tripleaim.web.ui.frame import PLACES, PlacePage

LONGEST = 2100
"""Characters of an address; a token has 2,000 at most."""


def requested_scenario(page: PlacePage, typed: str) -> Scenario:
    """The scenario of an address of this place, or of a token; empty text is the plan as printed.

    Raises InputError, in words for whoever typed it, for an address of another site or place and
    for what is no scenario.
    """
    text = typed.strip()[:LONGEST].partition("#")[0].partition("?")[0]
    if not text:
        return choose(page.built.place, seed=page.seed)
    token = _token_of(page, text) if "/" in text else text
    try:
        place = page.built.place
        return from_token(place, token) if token else choose(place, seed=page.seed)
    except InputError as fault:
        reason = fault.in_public.rstrip(".")
        raise InputError(f"This is not a scenario of {page.place.name}: {reason}") from None


def _token_of(page: PlacePage, address: str) -> str:
    """What an address says of the scenario; empty for the plan as printed."""
    scheme, found, rest = address.rpartition("://")
    host, _, path = rest.partition("/")
    if not found and not _is_host(host):
        path = rest
    elif host and not validate_host(split_domain_port(host.lower())[0], settings.ALLOWED_HOSTS):
        raise InputError(
            f"This is an address of another site, {scheme + found + host}: copy an address of "
            "this site"
        )
    parts = [unquote(part) for part in path.split("/") if part]
    if parts[:1] == [PLACES.strip("/")]:
        parts = parts[1:]
    if not parts:
        raise InputError(
            "This is not the address of a plan: copy the address of any page of the scenario"
        )
    if parts[0] != page.place_id:
        other = open_plans().places().get(parts[0])
        raise InputError(
            f"This is an address of {other}: copy the address of a scenario of {page.place.name}"
            if other
            else (
                "There is no plan at this address: copy the address of any page of "
                f"{page.place.name}"
            )
        )
    return parts[2] if parts[1:2] == ["s"] and len(parts) > 2 else ""


def _is_host(text: str) -> bool:
    """Whether the first part of an address without a scheme names a computer."""
    return text == "localhost" or "." in text or ":" in text


def common_scenarios(page: PlacePage) -> list[tuple[str, str]]:
    """Scenarios that anybody may want to compare with: their addresses' tokens and their names."""
    place, seed = page.built.place, page.seed
    on_evidence = {s.id: Choice(Basis.ON_EVIDENCE) for s in place.solutions if s.chosen}
    ready = [("", f"The plan {place.as_stated}")]
    if on_evidence:
        token = choose(place, on_evidence, seed=seed).token
        if len(token) <= LONGEST:
            ready.append((token, "Every solution on evidence (untested savings at zero)"))
    if prints_period_total(place):
        token = choose(place, period_total="included", seed=seed).token
        ready.append((token, "As printed, first year included in the total"))
    return [(token, name) for token, name in ready if token != page.scenario.token]
