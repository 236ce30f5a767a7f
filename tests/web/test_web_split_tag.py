"""Wherever a number of one solution's claim stands, so does whose split it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.test import Client
from printed_county import printed_county
from sample_runs import RunsPlans, with_futures

from tripleaim.plan import choose
from tripleaim.web import plans
from tripleaim.wording import SPLIT_ASSUMED

PLACE = "/places/somerset/"
PAGES = (
    "",
    "solutions/",
    "solutions/?class=not+known&sort=studies",
    "compare/",
    "futures/",
    "money/incentives/",
    "money/incentives/?solution=falls-prevention",
    "staff/",
)
NAMED = {s.id: s.name for s in printed_county().place.solutions}
BLOCKS = ("p", "li", "dd", "figcaption", "table", "desc")


@dataclass(frozen=True)
class Block:
    """The text of a sentence, a table or a picture; `rows` are the heads of a table's rows."""

    kind: str
    text: str
    rows: frozenset[str] = frozenset()


class _Blocks(HTMLParser):
    """Every block of a page that may hold a number."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, list[str]]] = []
        self.rows: set[str] = set()
        self.found: list[Block] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        if tag in (*BLOCKS, "th"):
            self.open.append((tag, []))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1][0] != tag:
            return
        kind, parts = self.open.pop()
        text = " ".join("".join(parts).split())
        if kind == "th":
            self.rows.add(text)
            return
        self.found.append(
            Block(kind, text, frozenset(self.rows) if kind == "table" else frozenset())
        )
        if kind == "table":
            self.rows = set()

    def handle_data(self, data: str) -> None:
        for _, parts in self.open:
            parts.append(data)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tags")
    with_futures(folder)
    return folder


def blocks(client: Client, data: Path, address: str) -> list[Block]:
    plans.use(RunsPlans(data))
    answer = client.get(PLACE + address)
    assert answer.status_code == 200, address
    reader = _Blocks()
    reader.feed(answer.content.decode())
    return reader.found


def of_a_solution(block: Block) -> bool:
    """Whether a block tells numbers of a solution: a table by its rows or caption."""
    names = [name for name in NAMED.values() if name in block.text]
    if block.kind == "table":
        return len(block.rows.intersection(names)) > 1 or block.text.startswith(tuple(names))
    return block.kind != "dd" and bool(names)


def has_number(block: Block) -> bool:
    """Whether a block holds an amount; a table, any number."""
    return bool(re.search(r"\d" if block.kind == "table" else r"£[\d,.]+m|\d\.\d", block.text))


@pytest.mark.parametrize("address", PAGES)
def test_a_number_beside_the_name_of_a_solution_says_whose_split_it_is(
    client: Client, data: Path, address: str
) -> None:
    beside = [
        block.text
        for block in blocks(client, data, address)
        if of_a_solution(block) and has_number(block) and "would be worth" not in block.text
    ]
    assert [text[:200] for text in beside if SPLIT_ASSUMED not in text] == []
    assert beside


@pytest.mark.parametrize("solution", ["hospital-at-home", "internal-cost-improvement"])
def test_the_page_of_a_solution_says_so_with_each_of_its_numbers(
    client: Client, data: Path, solution: str
) -> None:
    found = blocks(client, data, f"solutions/{solution}/")
    claims = [
        block.text
        for block in found
        if re.search(r"claim that it saves|As claimed|m as claimed|in 2020/21 assumed", block.text)
    ]
    assert len(claims) >= 3
    assert [text[:200] for text in claims if SPLIT_ASSUMED not in text] == []


def test_the_claims_by_solution_are_said_to_be_ours(client: Client, data: Path) -> None:
    found = blocks(client, data, "solutions/")
    answer = next(block.text for block in found if block.text.startswith("The plan claims"))
    assert "which we split among" in answer
    assert "solutions claim" not in answer


def test_the_document_bears_the_tag_of_every_claim_that_the_plan_does_not_print() -> None:
    document = printed_county().document(choose(printed_county().place))
    assert document.claim_tag == SPLIT_ASSUMED
    for solution in document.solutions:
        assumed = solution.claim_status == "assumed"
        assert solution.claim_tag == (SPLIT_ASSUMED if assumed else ""), solution.id
