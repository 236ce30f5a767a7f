"""Monthly A&E: the CSV file by organisation, and the sheets of the workbook."""

from __future__ import annotations

from collections.abc import Sequence

from tripleaim.official_files.dates import month
from tripleaim.official_files.headers import Layout, SheetRows
from tripleaim.official_files.publication import Publication, Value
from tripleaim.official_files.returned import (
    ORGANISATION,
    has_numbers,
    is_organisation,
    is_total,
    month_of,
    titles,
)
from tripleaim.official_files.totals import say_unlike, unlike, value_in
from tripleaim.tables import is_suppressed

_WHOLE = ("type1", "type2", "other")
_OVER = ("over1", "over2", "over_other")
_ADMITTED = ("admitted1", "admitted2", "admitted_other")
WITHOUT_BOOKED, WITH_BOOKED = "without booked", "with booked"
"""What attendances count: the CSV file and the sheet Non-Booked Data leave booked appointments
out, the sheet Provider Level Data does not."""
_TOTALS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("attendances", "attendances", _WHOLE),
    ("over four hours", "over", _OVER),
    ("admitted through A&E", "admitted", _ADMITTED),
)
"""What is compared with a file's own total, and the columns of each."""
_AT_TOTAL = (2, 4, 5)
"""Where these stand in what is collected of an organisation, in the same order."""
_TITLE = "A&E attendances and emergency admissions, monthly"


def _read_ae(rows: SheetRows) -> Publication | None:
    """Attendances, waits over four hours and emergency admissions by organisation and month."""
    not_used = _not_used(rows)
    if not_used:
        return _of_another_basis(rows, not_used)
    lines = _Lines(rows)
    for line, cells in rows.lines():
        lines.take(line, cells)
    return lines.publication()


class _Lines:
    """What is collected of a sheet, line by line."""

    def __init__(self, rows: SheetRows) -> None:
        self.rows = rows
        self.found: dict[tuple[str, str], tuple[Value, ...]] = {}
        self.totals: dict[str, tuple[int, list[str]]] = {}

    def take(self, line: int, cells: list[str]) -> None:
        """Add a line, or refuse it."""
        rows = self.rows
        if is_total(rows, cells):
            self.totals[month(rows.cell(cells, "period")) or ""] = line, cells
            return
        code = rows.cell(cells, "code").upper()
        if not is_organisation(code):
            if has_numbers(cells):
                rows.refuse(line, cells, "code", "expected an organisation's code such as RH5")
            return
        when = month_of(rows, cells)
        if not when:
            rows.refuse(
                line,
                cells,
                "period",
                "expected a month such as MSitAE-APRIL-2024, in the line, in a title or in the "
                "file's name",
            )
            return
        row = _row(rows, line, cells, code, when)
        if row is None:
            return
        if (code, when) in self.found:
            rows.refuse(line, cells, "code", "expected each organisation once a month")
            return
        self.found[code, when] = row

    def publication(self) -> Publication | None:
        """The months of every organisation that can be used."""
        rows = self.rows
        if not self.found:
            return None
        self._compare_totals()
        basis = _basis(rows)
        if "booked" in rows.at:
            rows.notes.append("booked appointments are counted apart, not with the attendances")
        latest = max(when for _, when in self.found)
        tables: dict[str, list[tuple[Value, ...]]] = {
            "months": list(self.found.values()),
            "basis": [(basis,)],
        }
        return rows.publication(latest, len(self.found), tables)

    def _compare_totals(self) -> None:
        """Say where the organisations do not add up to the file's own totals."""
        for when, (line, cells) in self.totals.items():
            mine = [row for row in self.found.values() if when in ("", row[1])]
            sums = [sum(int(row[at] or 0) for row in mine) for at in _AT_TOTAL]
            pairs = [
                (name, _total_of(self.rows, cells, total, parts), added)
                for (name, total, parts), added in zip(_TOTALS, sums, strict=True)
            ]
            say_unlike(self.rows, line, "organisations", unlike(pairs))


def _total_of(
    rows: SheetRows, cells: Sequence[str], total: str, parts: Sequence[str]
) -> float | None:
    """A number of a total, or the sum of its parts; None where one has no number."""
    columns = [total] if total in rows.at else [part for part in parts if part in rows.at]
    values = [value_in(rows, cells, column) for column in columns]
    known = [value for value in values if value is not None]
    return sum(known) if columns and len(known) == len(values) else None


def _row(
    rows: SheetRows, line: int, cells: Sequence[str], code: str, when: str
) -> tuple[Value, ...] | None:
    attendances = _total_or_sum(rows, line, cells, "attendances", _WHOLE)
    type1 = rows.whole(line, cells, "type1") if attendances is not None else None
    if attendances is None or type1 is None:
        return None
    ok_over, over = _or_nothing(rows, line, cells, "over", _OVER)
    ok_in, through = _or_nothing(rows, line, cells, "admitted", _ADMITTED)
    ok_all, directly = _or_nothing(rows, line, cells, "admitted_directly", ())
    if not (ok_over and ok_in and ok_all):
        return None
    if (over or 0) > attendances or type1 > attendances:
        expected = "expected no more than its attendances: download the file again"
        rows.refuse(line, cells, "type1" if type1 > attendances else "over", expected)
        return None
    admitted = through + directly if through is not None and directly is not None else None
    return code, when, attendances, type1, over, through, admitted


def _sum(rows: SheetRows, line: int, cells: Sequence[str], columns: Sequence[str]) -> int | None:
    values = [rows.whole(line, cells, column) for column in columns if column in rows.at]
    known = [value for value in values if value is not None]
    return sum(known) if values and len(known) == len(values) else None


def _total_or_sum(
    rows: SheetRows, line: int, cells: Sequence[str], total: str, parts: Sequence[str]
) -> int | None:
    return _sum(rows, line, cells, [total] if total in rows.at else parts)


def _or_nothing(
    rows: SheetRows, line: int, cells: Sequence[str], total: str, parts: Sequence[str]
) -> tuple[bool, int | None]:
    """Whether a line can be used, and a number that some trusts do not return."""
    columns = [total] if total in rows.at else [part for part in parts if part in rows.at]
    texts = [rows.cell(cells, column) for column in columns]
    if not columns or all(not text or is_suppressed(text) for text in texts):
        return True, None
    value = _sum(rows, line, cells, columns)
    return value is not None, value


def _basis(rows: SheetRows) -> str:
    """Whether attendances count booked appointments: titles of the sheet say so."""
    words = " ".join(titles(rows)).lower()
    return WITH_BOOKED if "total of booked and non-booked" in words else WITHOUT_BOOKED


def _not_used(rows: SheetRows) -> str:
    """Why a sheet of the workbook does not count what a trust returns; empty where it does."""
    words = " ".join((*titles(rows), rows.sheet.file.rpartition(": ")[2])).lower()
    if "footprint" in words:
        return "acute trusts with the minor injury units around them: these are not the trust's own"
    if "booked appointment" in words:
        return "booked appointments alone"
    return ""


def _of_another_basis(rows: SheetRows, why: str) -> Publication:
    used = [cells for _, cells in rows.lines() if is_organisation(rows.cell(cells, "code").upper())]
    rows.notes.append(why)
    when = month_of(rows, used[0] if used else ())
    return rows.publication(when, len(used), {}, "ae-other", f"{_TITLE}, other counts")


def _read_england(rows: SheetRows) -> Publication | None:
    """The series of England by month, which no place has; its latest month is its edition."""
    months = [month(rows.cell(cells, "period")) for _, cells in rows.lines()]
    known = [when for when in months if when]
    return rows.publication(max(known), len(known), {}) if known else None


LAYOUTS = (
    Layout(
        "ae",
        _TITLE,
        {
            "period": ("period",),
            "code": ORGANISATION,
            "type1": (
                "a_e_attendances_type_1",
                "number_of_a_e_attendances_type_1",
                "a_e_attendances_type_1_departments_major_a_e",
                "type_1_departments_major_a_e",
            ),
            "type2": (
                "a_e_attendances_type_2",
                "number_of_a_e_attendances_type_2",
                "a_e_attendances_type_2_departments_single_specialty",
                "type_2_departments_single_specialty",
            ),
            "other": (
                "a_e_attendances_other_a_e_department",
                "number_of_a_e_attendances_other_a_e_department",
                "a_e_attendances_type_3_departments_other_a_e_minor_injury_unit",
                "type_3_departments_other_a_e_minor_injury_unit",
            ),
            "attendances": ("total_attendances",),
            "over1": ("attendances_over_4hrs_type_1", "number_of_attendances_over_4hrs_type_1"),
            "over2": ("attendances_over_4hrs_type_2", "number_of_attendances_over_4hrs_type_2"),
            "over_other": (
                "attendances_over_4hrs_other_department",
                "attendances_over_4hrs_other_a_e_department",
                "number_of_attendances_over_4hrs_other_a_e_department",
            ),
            "over": ("total_attendances_over_4_hours",),
            "admitted1": (
                "emergency_admissions_via_a_e_type_1",
                "emergency_admissions_via_type_1_a_e",
            ),
            "admitted2": (
                "emergency_admissions_via_a_e_type_2",
                "emergency_admissions_via_type_2_a_e",
            ),
            "admitted_other": (
                "emergency_admissions_via_a_e_other_a_e_department",
                "emergency_admissions_via_type_3_and_4_a_e",
            ),
            "admitted": ("total_emergency_admissions_via_a_e",),
            "admitted_directly": (
                "other_emergency_admissions",
                "other_emergency_admissions_i_e_not_via_a_e",
            ),
            "booked": ("a_e_attendances_booked_appointments_type_1",),
        },
        _read_ae,
        frozenset(
            {
                *("period", "attendances", *_OVER, "over", *_ADMITTED, "admitted"),
                *("admitted_directly", "booked"),
            }
        ),
    ),
    Layout(
        "ae-england",
        "A&E attendances and emergency admissions, England by month",
        {
            "period": ("period",),
            "type1": (
                "type_1_departments_major_a_e",
                "a_e_attendances_type_1_departments_major_a_e",
            ),
            "attendances": ("total_attendances",),
        },
        _read_england,
    ),
)
