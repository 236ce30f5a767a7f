"""The columns of the activity table."""

from __future__ import annotations

import pyarrow as pa

AGE_BANDS: tuple[tuple[str, int], ...] = (
    ("0-4", 0),
    ("5-14", 5),
    ("15-24", 15),
    ("25-44", 25),
    ("45-64", 45),
    ("65-74", 65),
    ("75-84", 75),
    ("85+", 85),
)
"""Label and first age of each band."""

SEGMENTS: tuple[tuple[str, int], ...] = (
    ("no condition", 0),
    ("one condition", 1),
    ("two or three", 2),
    ("four or more", 4),
)
"""Label and least number of long-term conditions of each segment."""

ALL = "all"
"""Stands where a dimension is not known, or not divided."""

KNOWN_BY = ("people", "contract", "record")
"""Where the dimensions of a row are known from. A projection knows of whom (`people`: locality,
age, sex, quintile, segment) and, apart from that, of which contract (`contract`: commissioner and
provider). Both kinds of row hold the whole of the activity, since no source says which locality's
care a provider gives: a question takes one of them, and each is kept in a file of its own, whose
rows add up. A `record` knows all of it at once."""

OF_WHOM = ("locality", "age_band", "sex", "quintile", "segment")
"""What is known of the people behind the contacts."""

OF_CONTRACT = ("commissioner", "provider")
"""What is known of who pays and who is paid."""

_TEXT = pa.dictionary(pa.int16(), pa.string())

SCHEMA = pa.schema(
    [
        pa.field("year", _TEXT, nullable=False),
        pa.field("month", pa.int8()),
        pa.field("locality", _TEXT, nullable=False),
        pa.field("age_band", _TEXT, nullable=False),
        pa.field("sex", _TEXT, nullable=False),
        pa.field("quintile", pa.int8()),
        pa.field("segment", _TEXT, nullable=False),
        pa.field("point_of_delivery", _TEXT, nullable=False),
        pa.field("commissioner", _TEXT, nullable=False),
        pa.field("provider", _TEXT, nullable=False),
        pa.field("quantity", pa.float64(), nullable=False),
        pa.field("bed_days", pa.float64(), nullable=False),
        pa.field("cost", pa.float64()),
        pa.field("recorded", pa.bool_(), nullable=False),
        pa.field("scenario", _TEXT, nullable=False),
        pa.field("draw", pa.int32(), nullable=False),
        pa.field("inputs_sha256", _TEXT, nullable=False),
        pa.field("known_by", _TEXT, nullable=False),
    ]
)
"""Quantity in the point of delivery's own unit, bed days in days, cost in pounds at the price base
of the unit costs it was made with (null without them); month 1 to 12, null for a whole year;
quintile 1 (most deprived) to 5, null where it is not known."""

MEASURES = ("quantity", "bed_days", "cost")
"""What is added up."""

DIMENSIONS: tuple[str, ...] = tuple(name for name in SCHEMA.names if name not in MEASURES)
"""The columns that rows can be grouped by."""
