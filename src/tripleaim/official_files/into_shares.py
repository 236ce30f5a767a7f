"""Who treats the board's people, renewed from a full extract, and what rests on that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from tripleaim.boards import (
    ACUTE_POINTS,
    OUTSIDE,
    ProviderShare,
    acute_weights,
    as_shares,
    in_title_case,
    part_of_others,
)
from tripleaim.official_files.dates import in_words
from tripleaim.official_files.draft import Draft
from tripleaim.official_files.publication import Publication
from tripleaim.official_files.rows_put import replace_rows

_OWN_SHARE = "own-trusts-share.acute"
_ASSUMED = {"status": "assumed", "source": "tripleaim"}


def put_shares(draft: Draft, one: Publication, parts: Mapping[str, float]) -> None:
    """Renew provider_shares.csv, and the flows, staff and figure that `place make` takes from it.

    `parts` is the part of each commissioner whose people are the board's. Lines of a place's own
    stay: only what official files and the product itself gave is renewed.
    """
    table = draft.table("provider_shares.csv")
    if table is None:
        return
    before = {row["provider"]: float(row["of_provider"] or 0) for row in table.rows()}
    names = {row["provider"]: row["name"] for row in table.rows()}
    shares = _shares(one, parts, names)
    source, own = f"rtt-{one.edition}", draft.trusts
    old = max((s for s in table.sources() if s.startswith("rtt-")), default="")
    total = table.sum_of("waiting")
    replace_rows(draft, table, _rows(shares, own, source))
    table.replace_words(in_words(old.removeprefix("rtt-")), in_words(one.edition))
    table.replace_words(old, source)
    draft.summed("provider_shares.csv", "waiting", total)
    weights = acute_weights(own, shares)
    _put_flows(draft, weights, before, {share.code: share.of_provider for share in shares})
    _put_staff_shares(draft, weights)
    _put_figure(draft, 100 - weights[OUTSIDE], source)
    draft.say(
        one,
        "provider_shares.csv is calculated again, and from it the weights of hospital care and of "
        f"others' payments in flows.csv, the shares of staff, and {_OWN_SHARE}",
    )


def _shares(
    one: Publication, parts: Mapping[str, float], known: Mapping[str, str]
) -> tuple[ProviderShare, ...]:
    """The place's people at each provider of an extract, the largest first."""
    here: Counter[str] = Counter()
    everybody: Counter[str] = Counter()
    for provider, commissioner, _, *counts in one.tables["waiting"]:
        people = sum(int(count or 0) for count in counts)
        everybody[str(provider)] += people
        here[str(provider)] += people * parts.get(str(commissioner).zfill(3), 0)  # type: ignore[assignment]
    published = {str(code): in_title_case(str(name)) for code, name in one.tables["providers"]}
    whole = sum(here.values())
    return tuple(
        ProviderShare(
            *(code, known.get(code) or published.get(code) or code, round(people)),
            *(people / everybody[code], people / whole),
        )
        for code, people in sorted(here.items(), key=lambda each: (-each[1], each[0]))
        if people
    )


def _rows(
    shares: Sequence[ProviderShare], own: set[str], source: str
) -> dict[tuple[str, ...], dict[str, str]]:
    return {
        (share.code,): {
            "provider": share.code,
            "name": share.name,
            "waiting": str(share.waiting),
            "of_provider": f"{round(share.of_provider, 4):.10g}",
            "of_board": f"{round(share.of_board, 4):.10g}",
            "own": "yes" if share.code in own else "no",
            "status": "public",
            "source": source,
        }
        for share in shares
    }


def _put_flows(
    draft: Draft,
    weights: Mapping[str, float],
    before: Mapping[str, float],
    after: Mapping[str, float],
) -> None:
    """Weights of hospital care by where people wait, and of what others pay the own trusts."""
    table = draft.table("flows.csv")
    for row in list(table.rows()) if table else ():
        key = {name: row[name] for name in ("line", "payer", "payee")}
        weight: float | None = None
        if row["line"] == "acute" and row["payer"] == draft.board:
            weight = weights.get(row["payee"])
        elif row["line"] == "elsewhere" and {row["payee"]} & set(before) & set(after):
            then, now = (part_of_others(shares[row["payee"]]) for shares in (before, after))
            weight = float(row["weight"] or 0) * now / then
        if table and weight is not None:
            table.put(key | {"weight": f"{round(weight, 3):.10g}"} | _ASSUMED, assumed=True)


def _put_staff_shares(draft: Draft, weights: Mapping[str, float]) -> None:
    table = draft.table("staff_shares.csv")
    if table is None:
        return
    for point in ACUTE_POINTS:
        for who, share in as_shares(weights):
            organisation = "" if who == OUTSIDE else who
            if table.row(point, "", organisation):
                key = {"point_of_delivery": point, "group": "", "organisation": organisation}
                table.put(key | {"share": f"{share:.10g}"} | _ASSUMED, assumed=True)


def _put_figure(draft: Draft, percent: float, source: str) -> None:
    table = draft.table("figures_money.csv")
    before = table.row(_OWN_SHARE) if table else None
    if table is None or before is None:
        return
    if not table.put({"id": _OWN_SHARE, "value": f"{percent:.1f}", "source": source}):
        draft.kept.append(
            f"figures_money.csv: {_OWN_SHARE} is {before['value']} by {before['source']}; the "
            f"waiting list has {percent:.1f}"
        )
