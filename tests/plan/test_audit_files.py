"""A fault in an identities file is named by file, line and the nearest valid name."""

from __future__ import annotations

import pytest

from tripleaim.place import InputError
from tripleaim.plan.printed.identities import read_identities

UNITS = {
    "growth.acute": "%",
    "activity.acute.2016_17": "contacts",
    "activity.acute.2020_21": "contacts",
}
GOOD = """\
[[identity]]
id = "growth"
says = "Growth is so"
printed = "growth.acute"
computed = "({activity.acute.2020_21} / {activity.acute.2016_17} - 1) * 100"
"""


def fault_of(tmp_path, text: str) -> str:
    path = tmp_path / "identities.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as fault:
        read_identities(path, UNITS)
    return str(fault.value)


def test_a_good_file_gives_its_identities(tmp_path):
    path = tmp_path / "identities.toml"
    path.write_text(GOOD, encoding="utf-8")
    (identity,) = read_identities(path, UNITS).all
    assert identity.figures == ("growth.acute", "activity.acute.2020_21", "activity.acute.2016_17")
    assert (identity.relation, identity.unit, identity.line) == ("=", "%", 1)
    assert identity.verdict is None


@pytest.mark.parametrize(
    ("wrong", "right", "expected"),
    [
        (
            "growth.acute",
            "growth.akute",
            'line 4, column "printed": "growth.akute": there is no figure',
        ),
        ("{activity.acute.2020_21}", "{activity.acute.2021}", 'Did you mean "activity.acute.2'),
        ("- 1) * 100", "- 1 * 100", "expected arithmetic"),
        ("- 1) * 100", "> 1)", "expected arithmetic"),
        ("({", "abs({", "expected arithmetic"),
        ("/ {", "/ 'a' / {", "expected arithmetic"),
        ('"growth.acute"', '""', 'line 4, column "printed"'),
        ("says", "sais", '"sais": unknown key; expected id, says'),
        ("computed", "computes", 'Did you mean "computed"?'),
        ('"Growth is so"', "7", "expected a text in quotes"),
        (
            '"Growth is so"',
            '"Growth of <pod>"',
            '"pod": expected a word from the list in each or over',
        ),
    ],
)
def test_a_typo_in_an_identity_is_named(tmp_path, wrong, right, expected):
    assert wrong in GOOD
    assert expected in fault_of(tmp_path, GOOD.replace(wrong, right, 1))


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ('relation = "=="', '"==": expected one of = < <= > >='),
        ('sum = ["growth.acute"]', "expected either computed or sum"),
        ('verdict = "fail"', "severity"),
        (
            'verdict = "fail"\nseverity = "low"\nnote = "n"',
            'line 6, column "identity.0.verdict": "fail": expected one of rounding; fails',
        ),
        ('verdict = "fails"\nseverity = "loud"\nnote = "n"', '"loud": expected one of low'),
        (
            'verdict = "fails"\nseverity = "low"\nnote = ""',
            "a verdict must say what it would change",
        ),
        ('verdict = "holds"\nseverity = "low"\nnote = "n"', '"holds": expected one of'),
        ('each = [{ a = "b" }]', '"each": unknown key'),
        (GOOD, '"growth": the identity is already declared on line 1'),
        (
            '[[verdict]]\nof = "grwth"\nverdict = "fails"\nseverity = "low"\nnote = "n"',
            'line 7, column "verdict.0.of": "grwth": expected the id of an identity. '
            'Did you mean "growth"?',
        ),
        ('[[rounded]]\nfigure = "growth.acut"\nto = 1\nwhy = "w"', 'Did you mean "growth.acute"?'),
        ('[[rounded]]\nfigure = "growth.acute"\nto = -1\nwhy = "w"', "expected a step"),
        ('[[rounded]]\nfigure = "growth.acute"\nto = 1', '"why": this key is required'),
        ('[[idenity]]\nid = "x"', '"idenity": unknown key'),
        ('[[family]]\nid = "<a>"\nsays = "s"\nprinted = "growth.acute"\nsum = [1]\n', "a text"),
        (
            '[[family]]\nid = "<a>"\nsays = "s"\nprinted = "growth.acute"\n'
            'computed = "growth.acute"\nover = { a = [1] }',
            "a text",
        ),
        (
            '[[family]]\nid = "<a>"\nsays = "s"\nprinted = "growth.acute"\n'
            'computed = "growth.acute"\neach = ["a"]',
            "expected",
        ),
    ],
)
def test_a_fault_after_a_good_identity_is_named(tmp_path, more, expected):
    assert expected in fault_of(tmp_path, GOOD + more + "\n")


def test_two_verdicts_on_one_identity_are_one_too_many(tmp_path):
    verdict = 'verdict = "fails"\nseverity = "low"\nnote = "n"\n'
    text = GOOD + verdict + '[[verdict]]\nof = "growth"\n' + verdict
    assert '"growth": this identity already has a verdict' in fault_of(tmp_path, text)


def test_a_file_as_windows_saves_it_is_read_the_same(tmp_path):
    path = tmp_path / "identities.toml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.encode())
    marked = [one.id for one in read_identities(path, UNITS).all]
    path.write_bytes("# £\n".encode("cp1252") + GOOD.encode())
    assert [one.id for one in read_identities(path, UNITS).all] == marked
    assert marked


def test_a_file_in_no_encoding_we_know_says_so(tmp_path):
    path = tmp_path / "identities.toml"
    path.write_bytes(b"# \x81\n" + GOOD.encode())
    with pytest.raises(InputError, match=r"line 1: .*expected UTF-8 or Windows-1252"):
        read_identities(path, UNITS)
