"""The lines on which a commissioner spends, from `spend_lines.csv`."""

from __future__ import annotations

from dataclasses import dataclass

from tripleaim.place import InputError, Place

TARIFF = "tariff"


@dataclass(frozen=True, slots=True)
class SpendLine:
    """One line of spend: where its base amount, price, growth and payee come from.

    `total` and `per_head` are figure ids (pounds; pounds a registered person), `price` is "tariff"
    or a figure name, `growth` a figure name for a line whose volume does not follow contacts,
    `own_trusts` the figure with the per cent paid to the place's own trusts.
    """

    id: str
    name: str
    total: str
    per_head: str
    price: str
    growth: str
    own_trusts: str
    funding: str

    def own_share(self, place: Place) -> float:
        """The part (0 to 1) of the line that goes to the place's own trusts."""
        if not self.own_trusts:
            return 0.0
        share = place.value(self.own_trusts)
        if not 0 <= share <= 100:
            raise InputError(
                f"expected {self.own_trusts} between 0 and 100 per cent",
                file=place.folder,
                value=share,
            )
        return share / 100


def read_spend_lines(place: Place) -> tuple[SpendLine, ...]:
    """The spend lines of a place, its own file or England's.

    Raises InputError for a line listed twice or without an amount, for an unknown figure, and for
    a point of delivery whose spend line is not listed.
    """
    path = place.path("spend_lines.csv")
    lines: dict[str, SpendLine] = {}
    for row in place.rows("spend_lines.csv"):
        if row["id"] in lines:
            raise row.fault("id", "the line is listed twice")
        if row["per_head"] not in place.figures and row["total"] not in place.figures:
            raise row.fault("per_head", "expected the id of a figure", list(place.figures))
        if row["own_trusts"] and row["own_trusts"] not in place.figures:
            raise row.fault("own_trusts", "expected the id of a figure", list(place.figures))
        for column in ("price", "growth"):
            name = row[column]
            if name and name != TARIFF and name not in place.figures:
                raise row.fault(
                    column, "expected tariff or the id of a figure", list(place.figures)
                )
        line = SpendLine(**row.values)
        if not line.growth and not any(
            point.nhs and point.spend_line == line.id for point in place.points_of_delivery
        ):
            raise row.fault(
                "growth", "a line that no point of delivery pays from states its growth"
            )
        lines[line.id] = line
    for point in place.points_of_delivery:
        if point.nhs and point.spend_line not in lines:
            raise InputError(
                f"point of delivery {point.id} expects a line of {path.name}",
                file=place.path("points_of_delivery.csv"),
                column="spend_line",
                value=point.spend_line,
                valid=lines,
            )
    return tuple(lines.values())
