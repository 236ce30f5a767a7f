"""The pound by setting: parts that add up, money that is not activity, and where it moves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_place import COSTS, YEARS, Folk, by_year, effect, figure, small_place, solution

from tripleaim.accounts import Accounts, Line
from tripleaim.activity import SCHEMA, Activity, CellGrid, Origin
from tripleaim.place import (
    File,
    FolderFiles,
    InputError,
    Organisation,
    Place,
    PlaceFiles,
    Source,
    columns_of,
    load,
)
from tripleaim.plan import (
    BED_TO_HOME,
    SETTINGS,
    TREATMENT_TO_PREVENTION,
    Basis,
    MoneyMove,
    PoundBySetting,
    choose,
    pound_by_setting,
    setting_shares,
    what_is_done,
)
from tripleaim.plan.overlap.do_something import do_something
from tripleaim.plan.overlap.outcome import evaluate
from tripleaim.plan.overlap.reach_cells import ReachCells, cells_of_groups

HEADER = "of,id,point_of_delivery,setting,share,low,high,status,source,where,cause"
WARD = "point of delivery,ward,,acute-bed,1,,,assumed,ours,,a ward"
CLINIC = "point of delivery,clinic,,outpatient-and-day,1,,,assumed,ours,,a clinic"
IN_BED = "point of delivery,home,,community-bed,0.4,0.2,0.6,assumed,ours,,a guess"
AT_HOME = "point of delivery,home,,home-and-community-contact,0.6,0.4,0.8,assumed,ours,,a guess"
COUNCIL = "point of delivery,council,,care-home,1,,,assumed,ours,,homes"
GRANT = "grant,Health grant,,prevention,1,,,assumed,ours,,a grant"
INVESTED = "investment,fewer,,practice,1,,,assumed,ours,,staff of practices"
MOVED_HOME = "solution,moved,home,home-and-community-contact,1,,,assumed,ours,,care at home"
ROWS = (WARD, CLINIC, IN_BED, AT_HOME, COUNCIL, GRANT, INVESTED, MOVED_HOME)

GRANTS = "organisation,year,grant,amount,cut\n" + "".join(
    f"town,{year},Health grant,grant.{i},\n" for i, year in enumerate(YEARS)
)
FIGURES = (
    figure("council-spend.council", 0.001),
    figure("council-growth.council", 0.0),
    *(replace(figure(f"grant.{i}", 500.0 - 100 * i), unit="£") for i in range(len(YEARS))),
)
NO_ACCOUNTS = Accounts(YEARS, ())


def place_with(
    *rows: str, defaults: tuple[str, ...] = (), base: Place | None = None, **files: str
) -> Place:
    """The small place with these rows in its own `settings.csv`, and others in its defaults'."""
    base = base or small_place()
    named = {"grants.csv": GRANTS, **{f"{name}.csv": text for name, text in files.items()}}
    if rows:
        named["settings.csv"] = "\n".join((HEADER, *rows)) + "\n"
    folders = [_folder("own", named)]
    if defaults:
        folders.append(_folder("england", {"settings.csv": "\n".join((HEADER, *defaults)) + "\n"}))
    return replace(
        base,
        files=PlaceFiles(tuple(folders)),
        organisations=(Organisation("town", "Town", "Town", "council", "council", "", ""),),
        sources={"ours": Source("ours", "Ours", "", "", "", "", "")},
        figures={**base.figures, **{f.id: f for f in FIGURES}},
    )


def _folder(name: str, files: Mapping[str, str]) -> FolderFiles:
    path = Path(name)
    return FolderFiles(path, {n: File.of(path / n, text.encode()) for n, text in files.items()})


def activity_of(costs: Mapping[str, Mapping[str, tuple[float, ...]]]) -> Activity:
    """One contact a pound, by scenario and point of delivery, for the years of the small place."""
    return Activity.together(
        with_cost(
            Activity.of_totals(
                {p: by_year(*values) for p, values in points.items()}, Origin(False, scenario, "")
            )
        )
        for scenario, points in costs.items()
    )


def with_cost(activity: Activity) -> Activity:
    """The same rows at £1 a contact; the council's contacts have no cost in activity."""
    table = activity.table
    at = SCHEMA.get_field_index("cost")
    points = table["point_of_delivery"].to_pylist()
    pounds = [
        None if point == "council" else quantity
        for point, quantity in zip(points, table["quantity"].to_pylist(), strict=True)
    ]
    return Activity(table.set_column(at, SCHEMA.field(at), pa.array(pounds, pa.float64())))


def pounds(pound: PoundBySetting, basis: str, year: str) -> dict[str, float]:
    """£ by setting, where there is any."""
    found = {s.id: pound.amount(basis, year, s.id).gbp_m.value * 1e6 for s in pound.settings}
    return {setting: amount for setting, amount in found.items() if abs(amount) > 1e-9}


ONE = {"ward": (600.0, 600.0, 500.0), "clinic": (100.0, 100.0, 100.0), "home": (200.0,) * 3}


def test_every_pound_is_in_its_setting_by_hand():
    pound = pound_by_setting(
        place_with(*ROWS), activity_of({"do_nothing": {**ONE, "council": (5.0,) * 3}}), NO_ACCOUNTS
    )
    assert pounds(pound, "do_nothing", YEARS[0]) == pytest.approx({
        "prevention": 500, "home-and-community-contact": 120, "community-bed": 80,
        "outpatient-and-day": 100, "acute-bed": 600, "care-home": 1000,
    })  # fmt: skip
    assert pound.total_gbp_m["do_nothing"][YEARS[0]] * 1e6 == pytest.approx(2400)
    assert pound.amount("do_nothing", YEARS[0], "acute-bed").pence.value == pytest.approx(25)
    at_home = pound.amount("do_nothing", YEARS[0], "home-and-community-contact")
    ends = (at_home.gbp_m.low * 1e6, at_home.gbp_m.high * 1e6)
    assert ends == pytest.approx((80, 160))


def test_prevention_is_money_without_activity():
    pound = pound_by_setting(
        place_with(*ROWS), activity_of({"do_nothing": {**ONE, "council": (5.0,) * 3}}), NO_ACCOUNTS
    )
    assert pound.amount("do_nothing", YEARS[0], "prevention").of_activity == 0
    (grant,) = [m for m in pound.money if m.of == "grant"]
    assert grant.known_from == "accounts"
    assert grant.amounts["do_nothing"] == dict(zip(YEARS, (500.0, 400.0, 300.0), strict=True))


def test_the_councils_spend_follows_its_contacts():
    pound = pound_by_setting(
        place_with(*ROWS),
        activity_of(
            {
                "do_nothing": {**ONE, "council": (5.0,) * 3},
                "after_overlap": {**ONE, "council": (4.0,) * 3},
            }
        ),
        NO_ACCOUNTS,
    )
    assert pounds(pound, "after_overlap", YEARS[0])["care-home"] == pytest.approx(800)


def test_a_line_without_contacts_is_money_of_the_accounts():
    line = Line("commissioner", "special", "Special", "cost", "outside", -0.002)
    place = place_with(*ROWS)
    pound = pound_by_setting(
        place, activity_of({"do_nothing": {**ONE, "council": (5.0,) * 3}}), Accounts(YEARS, (line,))
    )
    assert pounds(pound, "do_nothing", YEARS[1])["not-known"] == pytest.approx(2000)


def test_recorded_activity_replaces_a_projection():
    recorded = with_cost(
        Activity.of_totals(
            {p: {YEARS[0]: v[0]} for p, v in ONE.items()}, Origin(True, "recorded", "feed")
        )
    )
    pound = pound_by_setting(place_with(*ROWS), recorded, NO_ACCOUNTS)
    assert (pound.bases, pound.years) == (("recorded",), (YEARS[0],))
    assert pounds(pound, "recorded", YEARS[0])["acute-bed"] == pytest.approx(600)


def test_activity_without_its_cost_is_refused():
    bare = Activity.of_totals({"ward": by_year(1.0, 1.0, 1.0)})
    with pytest.raises(InputError, match="expected activity with its cost"):
        pound_by_setting(place_with(*ROWS), bare, NO_ACCOUNTS)


def test_a_point_of_delivery_that_no_file_places_is_not_known():
    pound = pound_by_setting(
        place_with(WARD), activity_of({"do_nothing": {**ONE, "council": (5.0,) * 3}}), NO_ACCOUNTS
    )
    # Clinic, home, council and grant.
    assert pounds(pound, "do_nothing", YEARS[0])["not-known"] == pytest.approx(1800)


def test_a_place_without_the_file_is_told_which():
    with pytest.raises(InputError, match=r"settings\.csv: expected a file that says in which"):
        setting_shares(place_with())


def test_unknown_money_of_the_council_is_left_out_and_reported():
    place = place_with(*ROWS)
    figures = {k: v for k, v in place.figures.items() if not k.startswith("council")}
    pound = pound_by_setting(
        replace(place, figures=figures),
        activity_of({"do_nothing": {**ONE, "council": (5.0,) * 3}}),
        NO_ACCOUNTS,
    )
    assert pound.left_out == ("Council",)
    assert "care-home" not in pounds(pound, "do_nothing", YEARS[0])


# Files at fault.


@pytest.mark.parametrize(
    ("row", "with_row", "message"),
    [
        (AT_HOME, AT_HOME.replace("0.6,0.4", "0.5,0.4"), "line 5, column share.*add up to 0.9"),
        (IN_BED, IN_BED.replace("0.4,0.2", "0.1,0.2"), "line 4, column share.*its own range"),
        (WARD, WARD.replace("acute-bed", "acute-bet"), "line 2, column setting.*acute-bed"),
        (WARD, WARD.replace("ward,,", "warb,,"), "line 2, column id.*ward"),
        (WARD, WARD.replace("a ward", ""), "line 2, column cause.*say why this"),
        (WARD, WARD.replace(",ours,", ",hours,"), "line 2, column source.*ours"),
        (CLINIC, WARD.replace(",1,", ",0,"), "line 3, column setting.*is listed twice"),
        (MOVED_HOME, MOVED_HOME.replace("home,home-", "clinic,home-"),
         "line 9, column point_of_delivery.*that the solution changes"),
        (INVESTED, INVESTED.replace("fewer,,", "fewer,ward,"),
         "line 8, column point_of_delivery.*solution rows"),
        (GRANT, GRANT.replace("Health", "Wealth"), "line 7, column id.*Health grant"),
    ],
)  # fmt: skip
def test_wrong_shares_are_refused_with_file_and_line(row: str, with_row: str, message: str):
    rows = [with_row if r == row else r for r in ROWS]
    with pytest.raises(InputError) as refusal:
        setting_shares(place_with(*rows))
    words = str(refusal.value).replace("\n", " ")
    assert "settings.csv" in words
    where, expected = message.split(".*")
    line, column = where.removeprefix("line ").split(", column ")
    assert (refusal.value.line, refusal.value.column) == (int(line), column)
    assert expected in words


def test_a_places_own_rows_go_before_its_defaults_sum_by_sum():
    own = WARD.replace("acute-bed", "mental-health")
    unknown = WARD.replace("ward,,", "elsewhere,,")
    shares = setting_shares(place_with(own, defaults=(WARD, CLINIC, unknown)))
    assert [p.setting for p in shares.of("point of delivery", "ward") or ()] == ["mental-health"]
    assert [p.setting for p in shares.of("point of delivery", "clinic") or ()] == [
        "outpatient-and-day"
    ]
    assert shares.of("point of delivery", "elsewhere") is None


# Identities.

AMOUNTS = st.tuples(*[st.floats(0, 1e6)] * len(YEARS))
POINTS = st.fixed_dictionaries(
    {
        "ward": AMOUNTS,
        "clinic": AMOUNTS,
        "home": AMOUNTS,
        "council": st.tuples(*[st.floats(1, 1e6)] * len(YEARS)),
    }
)


@st.composite
def shares_of_home(draw: st.DrawFn) -> tuple[str, str]:
    """Two parts of one whole, each with a range that holds it."""
    share, low, high = (draw(st.integers(0, 100)) / 100 for _ in range(3))
    other = round(1 - share, 2)
    low, high = min(low, share), max(high, share)
    return (
        f"point of delivery,home,,community-bed,{share},{low},{high},assumed,ours,,x",
        f"point of delivery,home,,home-and-community-contact,{other},,,assumed,ours,,x",
    )


@settings(max_examples=20, deadline=None)
@given(nothing=POINTS, something=POINTS, home=shares_of_home())
def test_settings_add_up_to_activity_and_the_money_without_it(nothing, something, home):
    place = place_with(WARD, CLINIC, *home, COUNCIL, GRANT)
    activity = activity_of({"do_nothing": nothing, "after_overlap": something})
    pound = pound_by_setting(place, activity, NO_ACCOUNTS)
    for basis, points in (("do_nothing", nothing), ("after_overlap", something)):
        for y, year in enumerate(YEARS):
            amounts = [a for a in pound.amounts if (a.basis, a.year) == (basis, year)]
            whole = sum(a.gbp_m.value for a in amounts)
            assert whole == pytest.approx(pound.total_gbp_m[basis][year])
            cost = sum(points[p][y] for p in ("ward", "clinic", "home")) / 1e6
            assert sum(a.of_activity for a in amounts) == pytest.approx(cost)
            accounts = sum(m.amount(basis, year) for m in pound.money if m.known_from == "accounts")
            assert whole == pytest.approx(cost + accounts / 1e6)
            assert sum(a.pence.value for a in amounts) == pytest.approx(100)
            assert all(a.gbp_m.low <= a.gbp_m.value <= a.gbp_m.high for a in amounts)
            assert accounts >= (500.0, 400.0, 300.0)[y]


# With solutions.

GRID = CellGrid(("east", "west"))
FOLK = Folk(11, n=120)
CELL = np.random.default_rng(3).choice([0, 7, 400], FOLK.n)


@pytest.fixture(scope="module")
def done():
    """The small place's solutions: their outcome, and the activity of all bases."""
    place = place_with(*ROWS)
    groups = FOLK.groups(place)
    outcome = evaluate(place, groups, COSTS, choose(place))
    cells = ReachCells(
        GRID,
        tuple(
            cells_of_groups(group, CELL, FOLK.contacts[y], len(GRID))
            for y, group in enumerate(FOLK.grouped(place))
        ),
    )
    parts = [
        do_something(place, groups, cells, outcome, basis, costs=COSTS, inputs_sha256="")
        for basis in (Basis.AFTER_OVERLAP, Basis.ON_EVIDENCE)
    ]
    contacts = {p.id: by_year(*groups.contacts[i]) for i, p in enumerate(place.points_of_delivery)}
    nothing = Activity.of_totals(contacts, Origin(False, "do_nothing", "")).table
    rows = nothing.to_pylist()
    costs = [
        None
        if r["point_of_delivery"] == "council"
        else r["quantity"] * COSTS[r["year"]][r["point_of_delivery"]]
        for r in rows
    ]
    at = SCHEMA.get_field_index("cost")
    priced = Activity(nothing.set_column(at, SCHEMA.field(at), pa.array(costs, pa.float64())))
    return place, outcome, Activity.together([priced, *parts])


def pound_of(done, **changed: str) -> PoundBySetting:
    place, outcome, activity = done
    if changed:
        place = place_with(*(changed.get(r, r) for r in ROWS if changed.get(r, r)))
    return pound_by_setting(
        place,
        activity,
        NO_ACCOUNTS,
        done=what_is_done(place, outcome, COSTS, setting_shares(place)),
    )


def test_do_nothing_less_do_something_is_what_effects_save_before_investment(done):
    _, outcome, _ = done
    pound = pound_of(done)
    for basis in (Basis.AFTER_OVERLAP, Basis.ON_EVIDENCE):
        for y, year in enumerate(YEARS):
            before, after = (
                sum(a.of_activity for a in pound.amounts if (a.basis, a.year) == (b, year))
                for b in ("do_nothing", basis)
            )
            assert before - after == pytest.approx(outcome.gross(outcome.on(basis))[y], rel=1e-9)


def test_as_claimed_is_what_is_left_after_overlap_and_one_line_of_accounts(done):
    _, outcome, _ = done
    pound = pound_of(done)
    for y, year in enumerate(YEARS):
        claimed, left = (
            pounds(pound, basis, year) for basis in (Basis.AS_CLAIMED, Basis.AFTER_OVERLAP)
        )
        beyond = claimed.pop("claim-beyond-overlap", 0.0)
        assert claimed == pytest.approx(left)
        assert -beyond / 1e6 == pytest.approx(outcome.interaction[y])
    (line,) = [m for m in pound.money if m.of == "claim"]
    assert (line.known_from, list(line.amounts)) == ("accounts", ["as_claimed"])


def test_a_solution_is_placed_where_the_footprint_says_and_nothing_else_moves(done):
    """Contacts moved home are all at home; without the row they are spread as all that money is."""
    _, outcome, _ = done
    placed, spread = pound_of(done), pound_of(done, **{MOVED_HOME: ""})
    year, basis = YEARS[-1], Basis.AFTER_OVERLAP
    e = next(i for i, t in enumerate(_effects(done)) if t.to == "home")
    moved = 4.0 * outcome.after_overlap.combined.avoided[e, 0, -1] * COSTS[year]["home"]
    assert moved > 0
    with_row, without = pounds(placed, basis, year), pounds(spread, basis, year)
    # The investment of the solution is none, so only its contacts' cost differs.
    assert with_row["community-bed"] == pytest.approx(without["community-bed"] - 0.4 * moved)
    assert sum(with_row.values()) == pytest.approx(sum(without.values()))


def _effects(done):
    return [e for s in done[0].solutions for e in s.effects]


INCIDENCE = effect("incidence", condition="chd")
TO_HOME = effect("place of contact", "ward", to="home", contacts_each=2.0)
FEWER = effect("contact rate", "ward")
SPENT = by_year(1.0, 1.0, 1.0)


@pytest.mark.parametrize(
    ("effects", "row", "settings"),
    [
        ((INCIDENCE,), "", {"prevention"}),
        ((TO_HOME,), "", {"community-bed", "home-and-community-contact"}),
        ((TO_HOME,), MOVED_HOME.replace("moved", "it"), {"home-and-community-contact"}),
        ((FEWER,), "", {"investment-not-known"}),
        ((FEWER,), INVESTED.replace("fewer", "it"), {"practice"}),
        ((FEWER,), "priority,1,,prevention,1,,,assumed,ours,,x", {"prevention"}),
    ],
)
def test_investment_is_placed_only_where_the_footprint_or_the_effects_say(effects, row, settings):
    base = small_place((solution("it", *effects, recurrent=SPENT),))
    rows = (WARD, CLINIC, IN_BED, AT_HOME, COUNCIL, GRANT, *([row] if row else []))
    place = place_with(*rows, base=base)
    groups = Folk(2, n=20, solutions=1).groups(place)
    outcome = evaluate(place, groups, COSTS, choose(place))
    done = what_is_done(place, outcome, COSTS, setting_shares(place))
    assert {part.setting for part in done.investment_parts["it"]} == settings
    assert done.investment["it"] == by_year(1e6, 1e6, 1e6)


# Where money moves.


def move_of(pound: PoundBySetting, aim: str, start: str, end: str) -> MoneyMove:
    return next(m for m in pound.moves if (m.aim, m.from_basis, m.to_basis) == (aim, start, end))


def moved(bed: tuple[float, ...], home: tuple[float, ...], *more: str) -> PoundBySetting:
    at_home = "point of delivery,home,,home-and-community-contact,1,,,assumed,ours,,x"
    place = place_with(WARD, CLINIC, COUNCIL, *(more or (at_home,)))
    place = replace(place, files=PlaceFiles((_without(place.files.own, "grants.csv"),)))
    figures = {k: v for k, v in place.figures.items() if not k.startswith("council")}
    return pound_by_setting(
        replace(place, figures=figures),
        activity_of({"do_nothing": {"ward": bed, "home": home}}),
        NO_ACCOUNTS,
    )


def _without(folder: FolderFiles, name: str) -> FolderFiles:
    return FolderFiles(folder.path, {n: f for n, f in folder.files.items() if n != name})


def test_money_moves_from_bed_to_home_if_the_one_loses_pence_and_the_other_gains():
    move = move_of(
        moved((75.0, 75.0, 50.0), (25.0, 25.0, 50.0)), BED_TO_HOME, "do_nothing", "do_nothing"
    )
    assert move.moves == "yes"
    assert (move.from_year, move.to_year) == (YEARS[0], YEARS[-1])
    assert move.given_up.change_gbp_m.value == pytest.approx(-25e-6)
    assert move.given_up.change_pence.value == pytest.approx(-25)
    assert move.gained.first_pence.value == pytest.approx(25)
    assert move.gained.change_pence.value == pytest.approx(25)


def test_money_does_not_move_where_pence_stay():
    pound = moved((75.0, 75.0, 150.0), (25.0, 25.0, 50.0))
    assert move_of(pound, BED_TO_HOME, "do_nothing", "do_nothing").moves == "no"


def test_whether_money_moves_to_what_has_no_known_money_cannot_be_told():
    pound = moved((75.0, 75.0, 50.0), (25.0, 25.0, 50.0))
    assert not pound.holds("prevention")
    move = move_of(pound, TREATMENT_TO_PREVENTION, "do_nothing", "do_nothing")
    assert move.moves == "cannot be told"


def test_assumed_shares_may_leave_it_open():
    """If home is mostly beds, money has gone from bed to bed."""
    pound = moved(
        (75.0, 75.0, 50.0),
        (25.0, 25.0, 50.0),
        IN_BED.replace("0.4,0.2,0.6", "0.4,0,1"),
        AT_HOME.replace("0.6,0.4,0.8", "0.6,0,1"),
    )
    move = move_of(pound, BED_TO_HOME, "do_nothing", "do_nothing")
    change = move.given_up.change_pence
    assert (change.low, change.value, change.high) == pytest.approx((-25, -15, 0))
    assert move.moves == "cannot be told"


# The shipped places.


def test_a_file_may_name_every_setting_and_no_other():
    (column,) = [c for c in columns_of("settings.csv") if c.name == "setting"]
    assert column.choices == tuple(setting.id for setting in SETTINGS)


def test_every_point_of_delivery_of_shipped_places_has_settings(somerset):
    for place in (somerset, load("northamptonshire")):
        shares = setting_shares(place)
        for point in place.points_of_delivery:
            parts = shares.of("point of delivery", point.id)
            assert parts, point.id
            assert sum(part.share for part in parts) == pytest.approx(1)


@pytest.fixture(scope="module")
def pound(somerset_workspace) -> PoundBySetting:
    return somerset_workspace.pound_by_setting(choose(somerset_workspace.place, seed=7))


def test_the_prevention_of_somerset_is_its_printed_grant_and_what_priority_2_invests(
    pound, somerset
):
    first, last = somerset.years[0], somerset.last_year
    grant = {y: somerset.value(f"public-health.grant.{y.replace('/', '_')}") for y in (first, last)}
    assert pounds(pound, "do_nothing", first)["prevention"] == pytest.approx(grant[first])
    invested = sum(
        s.recurrent[last] + s.double_running[last] for s in somerset.solutions if s.priority == 2
    )
    found = pounds(pound, "on_evidence", last)["prevention"]
    assert found == pytest.approx(grant[last] + invested * 1e6)


def test_somerset_promises_both_moves_and_prints_no_number(pound):
    assert [(aim.id, aim.figure, aim.status) for aim in pound.aims] == [
        (BED_TO_HOME, "", "published"),
        (TREATMENT_TO_PREVENTION, "", "published"),
    ]


def test_community_beds_reduced_come_off_beds(pound, somerset):
    """As a part of all community money the fall would come off contacts at home too."""
    last = somerset.last_year
    nothing, left = (pounds(pound, b, last) for b in ("do_nothing", "after_overlap"))
    (fewer,) = [m for m in pound.money if (m.of, m.id) == ("solution", "community-beds-reduced")]
    assert nothing["community-bed"] - left["community-bed"] > -fewer.amount("after_overlap", last)
    assert fewer.amount("after_overlap", last) < -8e6
