"""Money: what is spent on what, who pays whom, what partners are held to, what plans print."""

from __future__ import annotations

from tripleaim.place.declared_files.declaration import (
    EXPLAINED,
    PLAN,
    SOURCED,
    DeclaredFile,
    Result,
    maybe,
    numbers,
    periods,
    texts,
    years,
)
from tripleaim.tables import Column, exact_number, number, whole, yes_no

FOLLOWED: tuple[Result, ...] = (*PLAN, "prevention")
OPEN_BOOK: tuple[Result, ...] = ("open book",)

FILES = (
    DeclaredFile(
        "spend_lines.csv",
        "what a commissioner spends on; cells are figure ids",
        FOLLOWED,
        (
            *texts("id", "name"),
            *maybe("total", "per_head"),
            *texts("price"),
            *maybe("growth", "own_trusts"),
            Column("funding", choices=("allocation", "specialised")),
        ),
    ),
    DeclaredFile(
        "price_index.csv",
        "by how much NHS prices rose on the year before: what carries an older price to its year",
        FOLLOWED,
        (
            *years("financial_year"),
            Column("rise_pct", number, minimum=-50, maximum=100),
            *SOURCED,
            *texts("where"),
            *maybe("cause"),
        ),
    ),
    DeclaredFile(
        "flows.csv",
        "who pays whom, by spend line",
        FOLLOWED,
        (
            *texts("line", "payer", "payee"),
            Column("basis", choices=("given", "catchment", "outside-catchment")),
            *numbers("weight"),
            *numbers("low", "high", may_be_empty=True),
            *maybe("points", "within"),
            *texts("status", "source"),
            *maybe("cause"),
        ),
    ),
    DeclaredFile(
        "positions.csv",
        "what organisations said of a year, and what they did not say alike",
        ("books", "open book"),
        (
            Column("kind", choices=("position", "mismatch")),
            *periods("period"),
            *texts("organisation"),
            *maybe("counterparty", "line"),
            *texts("figure"),
            *numbers("share", most=100, may_be_empty=True),
            *texts("status", "source"),
            *maybe("cause"),
        ),
    ),
    DeclaredFile(
        "cost_structure.csv",
        "what part of an organisation's cost goes with work, later or never",
        FOLLOWED,
        (
            *texts("kind", "line"),
            Column("behaviour", choices=("fixed", "semi-variable", "variable")),
            *numbers("share", "low", "high", most=100),
            Column("lag", whole, minimum=0, maximum=10, may_be_empty=True),
            *texts("status", "source"),
            *maybe("cause"),
        ),
    ),
    DeclaredFile("payment_rules.toml", "ways of paying a provider", ("books",)),
    DeclaredFile(
        "aims.csv",
        "health and quality beside the money",
        PLAN,
        (
            Column("aim", choices=("health", "quality", "money")),
            *texts("name"),
            Column("value", number),
            Column("target", number, may_be_empty=True),
            *texts("unit"),
            *periods("year"),
            *texts("sentence", "figure"),
            *maybe("target_figure"),
        ),
    ),
    DeclaredFile(
        "reconciliation.csv",
        "which published figure is compared with which part of the plan document",
        PLAN,
        (
            *texts("figure", "name"),
            Column(
                "part",
                choices=(
                    *("gap", "commissioner", "providers"),
                    *("savings", "savings commissioner", "savings providers"),
                    *("population", "residents", "aged 75 and over"),
                ),
            ),
            *maybe("scenario"),
            *periods("year"),
            Column("factor", number),
            *numbers("tolerance"),
        ),
    ),
    DeclaredFile(
        "settings.csv",
        "in which setting money is spent, as parts of a whole; pages alone show it",
        (),
        (
            Column(
                "of",
                choices=(
                    *("point of delivery", "spend line", "grant"),
                    *("investment", "priority", "solution"),
                ),
            ),
            *texts("id"),
            *maybe("point_of_delivery"),
            Column(
                "setting",
                choices=(
                    *("prevention", "practice", "prescribing", "home-and-community-contact"),
                    *("community-bed", "outpatient-and-day", "acute-bed", "mental-health"),
                    *("care-home", "not-known"),
                ),
            ),
            *numbers("share", most=1),
            *numbers("low", "high", most=1, may_be_empty=True),
            *SOURCED,
            *maybe("where", "cause"),
        ),
    ),
    DeclaredFile(
        "setting_aims.csv",
        "what a plan promises of where money goes; pages alone show it",
        (),
        (
            Column("id", choices=("bed-to-home", "treatment-to-prevention")),
            *texts("sentence"),
            *maybe("figure"),
            *SOURCED,
            *maybe("where"),
        ),
    ),
    DeclaredFile("identities.toml", "what printed figures claim about each other", PLAN),
    DeclaredFile(
        "control_totals.csv",
        "what each organisation is held to, year by year, and its part of the fund",
        (*OPEN_BOOK, "books"),
        (
            *texts("organisation"),
            *years("year"),
            *texts("control_total"),
            *maybe("stf"),
            *EXPLAINED,
        ),
    ),
    DeclaredFile(
        "stf_conditions.csv",
        "what must be met for the fund to be paid; pages alone show it",
        (),
        (
            *texts("id", "name"),
            Column("kind", choices=("finance", "access")),
            *numbers("share", most=100),
            Column("gate", yes_no),
            *SOURCED,
            *maybe("where", "cause"),
        ),
    ),
    DeclaredFile(
        "turnaround.csv",
        "what was still to be found, and by what; pages alone show it",
        (),
        (
            *maybe("organisation"),
            *years("from_year", "to_year"),
            Column("kind", choices=("deficit", "relied on", "recovery plan", "shortfall")),
            *texts("figure"),
        ),
    ),
    DeclaredFile(
        "grants.csv",
        "grants for a purpose and their cuts; pages alone show them",
        (),
        (*texts("organisation"), *years("year"), *texts("grant", "amount"), *maybe("cut")),
    ),
    DeclaredFile(
        "schemes.csv",
        "savings schemes, pounds in the year",
        OPEN_BOOK,
        (
            *texts("id", "name"),
            *maybe("organisation"),
            Column(
                "kind",
                choices=("CIP", "QIPP", "decommissioning", "transformation", "recovery plan"),
            ),
            *years("year"),
            Column("value", exact_number),
            Column("maturity", choices=("idea", "outline", "developed", "in delivery")),
            *SOURCED,
            Column("cause", may_be_empty=True, may_be_missing=True),
        ),
    ),
    DeclaredFile(
        "returns/*.csv",
        "monthly returns of an organisation, in pounds and pence",
        OPEN_BOOK,
        (
            *texts("organisation", "period", "line", "counterparty"),
            *texts("plan", "actual"),
            *maybe("forecast"),
        ),
    ),
)
