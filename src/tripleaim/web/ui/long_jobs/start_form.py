"""The form that starts a long job: what was typed in, an order or faults out."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.http import HttpRequest

from tripleaim.jobs import KINDS, Job, Order, order
from tripleaim.web.ui.frame import PlacePage

MOST_SEED = 2**32 - 1
LONGEST = 40


@dataclass
class StartForm:
    """What starts a kind of work: texts as typed, faults by field, what stands in the way."""

    kind: str
    texts: dict[str, str]
    faults: dict[str, str] = field(default_factory=dict)
    other: Job | None = None

    @classmethod
    def usual(cls, kind: str, seed: int) -> StartForm:
        """The form as it stands before anybody types."""
        known = KINDS[kind].settings
        return cls(kind, {"seed": str(seed)} | {n: str(s.usual) for n, s in known.items()})

    @classmethod
    def typed(cls, request: HttpRequest) -> StartForm:
        """The form as it was sent; what was left out is as usual."""
        kind = request.POST.get("kind", "")[:LONGEST]
        names = ("seed", *(KINDS[kind].settings if kind in KINDS else ()))
        return cls(kind, {n: request.POST[n][:LONGEST] for n in names if n in request.POST})

    def order(self, page: PlacePage) -> Order | None:
        """The order, or None with `faults` filled in."""
        if self.kind not in KINDS or not KINDS[self.kind].of_a_plan:
            self.faults["kind"] = "Choose what to start"
            return None
        if page.workspace.changed_since:
            self.faults["kind"] = (
                "The files of this place have changed since its plan was made. "
                "Make the plan again first, then start this"
            )
            return None
        numbers = {}
        known = {n: (s.name, s.least, s.most) for n, s in KINDS[self.kind].settings.items()}
        for name, (label, least, most) in {**known, "seed": ("Seed", 0, MOST_SEED)}.items():
            text = self.texts.get(name)
            if text is None:
                continue
            value = _whole(text)
            if value is None or not least <= value <= most:
                self.faults[name] = f"{label} must be a whole number from {least:,} to {most:,}"
            else:
                numbers[name] = value
        if self.faults:
            return None
        seed = numbers.pop("seed", page.seed)
        return order(page.place, self.kind, seed, numbers)


def _whole(text: str) -> int | None:
    digits = text.strip().replace(",", "")
    return int(digits) if digits.isascii() and digits.isdigit() else None
