"""Population files, good and hostile, as somebody may send them from a page."""

from __future__ import annotations

import io
import zipfile

import xlsxwriter

Rows = list[tuple[object, object, object]]


def hamlet_rows() -> Rows:
    """The hamlet's people, about 2,000, by single year of age to 90 and over."""
    return [
        (f"{age}+" if age == 90 else age, sex, 14 - age // 10)
        for age in range(91)
        for sex in ("male", "female")
    ]


def as_csv(rows: Rows, header: str = "age,sex,population") -> bytes:
    """Rows as a file with a header."""
    return "\n".join([header, *(",".join(map(str, row)) for row in rows), ""]).encode()


def as_workbook(rows: Rows) -> bytes:
    """Rows as a workbook with a title above the header."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("people")
    sheet.write_row(0, 0, ["People of the hamlet"])
    for at, row in enumerate([("Age", "Gender", "Patients"), *rows], start=2):
        sheet.write_row(at, 0, row)
    book.close()
    return out.getvalue()


def zip_bomb() -> bytes:
    """A workbook of some kilobytes that unpacks to 200 MB."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(as_workbook(hamlet_rows()))) as good,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb,
    ):
        for part in good.infolist():
            bomb.writestr(part.filename, good.read(part))
        bomb.writestr("xl/media/nothing.bin", bytes(200_000_000))
    return out.getvalue()


PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8
