"""Long jobs in words, wherever they are spoken of: what each does, how long it has to go."""

from __future__ import annotations

from tripleaim.jobs import KINDS, Order, Report
from tripleaim.place import shipped_places

WHAT = {
    "plan": (
        "builds the people, simulates them through the years of the plan, counts the care they "
        "need, "
        "prices it, and writes the plan."
    ),
    "futures": (
        "draws every uncertain number of the five-year plan many times, within its range. It "
        "computes the plan for each draw. The result says how uncertain the gap is, what drives "
        "that, and what it would be worth to know more."
    ),
    "backtest": (
        "starts the model in an early year, without any later data. It compares its forecasts, "
        "and two naive forecasts, with what happened."
    ),
    "prevention": (
        "simulates twenty years of people's lives with and without programmes of prevention. The "
        "result says what programmes cost and avoid, when they pay for themselves, and who gains."
    ),
}

COMMANDS = {
    "plan": "tripleaim plan {place} --seed {seed} --out DIR",
    "futures": "tripleaim futures {place} --draws {draws} --data DIR",
    "backtest": "tripleaim backtest {place} --seed {seed} --draws {draws} --data DIR",
    "prevention": (
        "tripleaim prevention {place} --seed {seed} --years {years} --draws {draws} "
        "--people {people} --data DIR"
    ),
}


def left(report: Report, minutes: float) -> str:
    """About how long it has to go: by its pace, or by what such a job usually takes."""
    if report.left is not None:
        return f"about {rough(report.left)} to go"
    usual = 60 * minutes * (1 - report.done)
    return f"about {rough(usual)} to go, by its usual time"


def command(order: Order) -> str:
    """The same in the terminal; FOLDER is a place of one's own, wherever it lies here."""
    place = order.place if order.place in shipped_places() else "FOLDER"
    usual = {name: one.usual for name, one in KINDS[order.kind].settings.items()}
    words = {**usual, **order.settings}
    return COMMANDS[order.kind].format(place=place, seed=order.seed, **words)


def rough(seconds: float) -> str:
    """A time to come, no finer than it can be known: 10 seconds, 2 minutes."""
    if seconds < 55:
        tens = max(10, 10 * -(-int(seconds) // 10))
        return f"{tens} seconds"
    minutes = max(1, round(seconds / 60))
    return "a minute" if minutes == 1 else f"{minutes} minutes"
