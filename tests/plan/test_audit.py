"""What the audit makes of a few figures: what holds, what rounding explains, what is flagged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tripleaim.place import FolderFiles, InputError, Place, PlaceFiles
from tripleaim.place.figures import Source, read_figures
from tripleaim.plan.printed.audit import audit, audit_document, most_serious
from tripleaim.plan.printed.finding import Finding

FIGURES = """\
id,value,low,high,unit,year,basis,status,source,where,cause
part.one,1.4,,,£m,2016,,published,plan,Money; table; one,
part.two,2.4,,,£m,2016,,published,plan,Money; table; two,
whole,4,,,£m,2016,,published,plan,Money; table; whole,
other,9,,,£m,2016,,published,plan,Foreword; sentence,
range,350,300,400,£000,2016,,published,plan,Money; range,
zero,0,,,£m,2016,,published,plan,Money; table; zero,
official,3.7,,,£m,2016,,public,office,line 7,
round,560000,,,people,2016,,published,plan,People; sentence,
counted,562446,,,people,2016,,public,office,line 8,
"""
SOURCES = {
    "plan": Source("plan", "The plan", "partners", "chart", "2016", "none", ""),
    "office": Source("office", "The office's table", "office", "table", "2016", "OGL", ""),
}


@pytest.fixture
def audited(somerset: Place, tmp_path: Path) -> Callable[[str], list[Finding]]:
    """The findings of identities, written as TOML, about the figures above."""
    (tmp_path / "figures.csv").write_text(FIGURES, encoding="utf-8")
    figures = read_figures(tmp_path / "figures.csv", SOURCES)

    def findings(text: str) -> list[Finding]:
        (tmp_path / "identities.toml").write_text(text, encoding="utf-8")
        files = PlaceFiles((FolderFiles.read(tmp_path),))
        return audit(replace(somerset, files=files, figures=figures, sources=SOURCES))

    return findings


def identity(computed: str, printed: str = "whole", more: str = "") -> str:
    return (
        f'[[identity]]\nid = "it"\nsays = "It is so"\nprinted = "{printed}"\n'
        f'computed = "{computed}"\n{more}\n'
    )


def declared(verdict: str) -> str:
    return f'verdict = "{verdict}"\nseverity = "high"\nnote = "It would change much."'


def test_a_sum_that_rounds_to_the_printed_total_holds(audited):
    (finding,) = audited(identity("{part.one} + {part.two}"))
    assert finding.holds
    assert finding.verdict == "holds"
    assert finding.severity == "none"
    assert finding.printed == 4
    assert finding.computed == pytest.approx(3.8)
    assert finding.difference == pytest.approx(-0.2)


def test_a_sum_that_misses_by_what_its_parts_may_hide_is_rounding(audited):
    (finding,) = audited(identity("{part.one} + {part.two} - 0.39"))
    assert finding.computed == pytest.approx(3.41)
    assert not finding.holds
    assert (finding.verdict, finding.severity, finding.flag) == ("rounding", "low", "")


def test_a_sum_that_misses_by_more_fails_and_says_that_no_verdict_is_declared(audited):
    (finding,) = audited(identity("{part.one} + {part.two} - 0.41"))
    assert (finding.verdict, finding.severity) == ("fails", "medium")
    assert finding.flag == "no verdict is declared"


def test_a_declared_verdict_is_taken_with_its_severity_and_note(audited):
    (finding,) = audited(identity("other", more=declared("suspected misprint")))
    assert (finding.verdict, finding.severity, finding.flag) == ("suspected misprint", "high", "")
    assert finding.note == "It would change much."


def test_a_verdict_declared_for_an_identity_that_holds_is_flagged(audited):
    (finding,) = audited(identity("{part.one} + {part.two}", more=declared("fails")))
    assert (finding.verdict, finding.severity, finding.note) == ("holds", "none", "")
    assert finding.flag == "declared as fails, but it holds"


def test_a_verdict_declared_where_rounding_explains_is_flagged(audited):
    (finding,) = audited(identity("{part.one} + {part.two} - 0.39", more=declared("fails")))
    assert finding.verdict == "rounding"
    assert finding.flag == "declared as fails, but rounding explains it"


def test_rounding_declared_where_it_cannot_explain_is_a_failure_and_flagged(audited):
    (finding,) = audited(identity("other", more=declared("rounding")))
    assert (finding.verdict, finding.severity) == ("fails", "high")
    assert finding.flag == "declared as rounding, which cannot explain it"


def test_half_a_last_digit_rounds_either_way(audited):
    assert audited(identity("3.5"))[0].holds
    assert audited(identity("4.5"))[0].holds
    assert not audited(identity("4.51"))[0].holds


def test_an_official_figure_is_exact_where_a_printed_one_is_rounded(audited):
    (finding,) = audited(identity("{official}", printed="{part.one} + {part.two}"))
    assert finding.holds, "3.7 lies within 1.35 + 2.35 to 1.45 + 2.45"
    (finding,) = audited(identity("{part.one} + {part.two}", printed="official"))
    assert finding.verdict == "rounding"


def test_a_figure_declared_round_includes_all_that_rounds_to_it(audited):
    sentence = identity("counted", printed="round")
    assert not audited(sentence)[0].holds
    step = '[[rounded]]\nfigure = "round"\nto = 10000\nwhy = "a round number"\n'
    assert audited(step + sentence)[0].holds


def test_a_figure_declared_exact_is_not_widened(audited):
    exact = '[[rounded]]\nfigure = "whole"\nto = 0\nwhy = "a count"\n'
    assert not audited(exact + identity("3.9"))[0].holds


def test_a_printed_range_holds_what_lies_in_it_ends_included(audited):
    assert audited(identity("300", printed="range"))[0].holds
    assert audited(identity("399", printed="range"))[0].holds
    assert not audited(identity("401", printed="range"))[0].holds


@pytest.mark.parametrize(
    ("relation", "computed", "verdict"),
    [
        (">", "zero", "holds"),
        (">=", "whole", "holds"),
        (">", "whole", "rounding"),
        ("<", "4.2", "holds"),
        ("<=", "3.8", "rounding"),
        ("<=", "zero", "fails"),
    ],
)
def test_an_inequality_holds_between_the_printed_values(audited, relation, computed, verdict):
    (finding,) = audited(identity(computed, more=f'relation = "{relation}"'))
    assert finding.verdict == verdict


def test_a_family_has_every_combination_of_its_words(audited):
    found = audited(
        '[[family]]\nid = "<size>.<part>"\nsays = "<name> in 2016_17"\nprinted = "whole"\n'
        'computed = "{part.<part>} * <size>"\n'
        'each = [{ part = "one", name = "The first" }, { part = "two", name = "The second" }]\n'
        'over = { size = ["1", "2"] }\n'
        '[[verdict]]\nof = "1.one"\n' + declared("fails")
    )
    assert [f.id for f in found] == ["1.one", "2.one", "1.two", "2.two"]
    assert [f.computed for f in found] == [1.4, 2.8, 2.4, 4.8]
    assert found[0].statement == "The first in 2016/17"
    assert (found[0].severity, found[1].severity) == ("high", "medium")


def test_where_names_both_sides_and_counts_the_cells_of_one_table(audited):
    (finding,) = audited(identity("{part.one} + {part.two} + {zero} + {official}"))
    assert finding.where == (
        "Money; table; whole against Money; table; 3 cells and The office's table; line 7"
    )
    (finding,) = audited(identity("{part.one} + {part.two} + {zero}"))
    assert finding.where == "Money; table; whole against 3 cells"
    (finding,) = audited(identity("{other} - 5"))
    assert finding.where == "Money; table; whole against Foreword; sentence"
    (finding,) = audited(identity("4"))
    assert finding.where == ("Money; table; whole")


def test_a_finding_names_its_figures_the_printed_first_and_takes_its_unit(audited):
    (finding,) = audited(identity("{part.one} + {part.two} + {part.one}"))
    assert finding.figures == ("whole", "part.one", "part.two")
    assert finding.unit == "£m"


def test_a_place_without_identities_dates_and_studies_has_no_findings(somerset, tmp_path):
    bare = replace(somerset, files=PlaceFiles((FolderFiles(tmp_path),)), figures={}, solutions=())
    assert audit(bare) == []


def test_the_most_serious_come_first_and_then_the_largest_differences(audited):
    def off(name: str, computed: str, severity: str, verdict: str = "fails") -> str:
        text = identity(computed, more=declared(verdict).replace("high", severity))
        return text.replace('"it"', f'"{name}"')

    found = audited(
        identity("whole")
        + off("near", "other", "high")
        + off("small", "other", "low")
        + off("middling", "{other} * 20", "medium")
        + off("reasoned", "{other} * 30", "high", "other basis, date or scope")
        + off("far", "{other} * 10", "high")
    )
    assert [f.id for f in most_serious(found)] == ["far", "near", "reasoned", "middling", "small"]
    assert [f.id for f in most_serious(found, 1)] == ["far"]


def test_a_side_that_divides_by_zero_is_an_error_with_its_line(audited):
    with pytest.raises(InputError) as fault:
        audited(identity("{part.one} / {zero}"))
    assert 'identities.toml, line 1: "it": expected a divisor that is not zero' in str(fault.value)


def test_the_document_counts_what_it_lists(audited, somerset):
    found = audited(
        identity("other", more=declared("fails")) + identity("whole").replace('"it"', '"same"')
    )
    document = audit_document(somerset, found)
    assert document["footprint"] == "somerset"
    assert document["inputs_sha256"] == somerset.sha256_of("plan")
    assert document["counts"] == {
        "identities": 2,
        "holding": 1,
        "by_verdict": {
            "holds": 1,
            "rounding": 0,
            "fails": 1,
            "other basis, date or scope": 0,
            "suspected misprint": 0,
            "official figure differs": 0,
        },
        "by_severity": {"none": 1, "low": 0, "medium": 0, "high": 1},
        "flagged": 0,
    }
    first = document["identities"][0]
    assert {k: first[k] for k in ("id", "printed", "computed", "difference", "holds")} == {
        "id": "it",
        "printed": 4.0,
        "computed": 9.0,
        "difference": 5.0,
        "holds": False,
    }
