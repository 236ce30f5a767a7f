"""Long jobs in words: what they are, how far they are, and their results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from tripleaim import wording as words
from tripleaim.jobs import KINDS, Job, Order, Report, State
from tripleaim.place import Place
from tripleaim.web.ui.long_jobs import job_words
from tripleaim.web.ui.tables import PageColumn, PageTable

STATES: Mapping[State, str] = {
    "not started": "Not started",
    "running": "Running",
    "done": "Done",
    "stopped": "Stopped",
    "failed": "Failed",
}
COLOURS: Mapping[State, str] = {
    "not started": "grey",
    "running": "blue",
    "done": "green",
    "stopped": "yellow",
    "failed": "red",
}

LOOKED_AT = {
    "plan": "See the plan on a page",
    "futures": "See the range of the plan",
    "backtest": "See the back-test",
    "prevention": "See prevention over twenty years",
}


@dataclass(frozen=True)
class RunSummary:
    """One job in words."""

    name: str
    answer: str
    state: str
    colour: str
    what: str
    done_pct: int
    taken: str
    left: str
    facts: Sequence[tuple[str, str]]


def run_summary(job: Job, place: Place) -> RunSummary:
    """What a job's page says."""
    report, kind = job.report, KINDS[job.order.kind]
    return RunSummary(
        name=kind.name,
        answer=_answer(job, report),
        state=STATES[report.state],
        colour=COLOURS[report.state],
        what=words.capital(report.what),
        done_pct=int(100 * report.done),
        taken=duration(report.written - report.began) if report.began else "",
        left=job_words.left(report, kind.minutes),
        facts=_facts(job, report, place),
    )


def _answer(job: Job, report: Report) -> str:
    kind = KINDS[job.order.kind]
    if report.state == "running":
        return f"It is running. {words.capital(job_words.left(report, kind.minutes))}."
    if report.state == "done":
        taken = duration(report.written - report.began)
        return f"It finished {moment(report.written)} and took {taken}."
    if report.state == "stopped":
        return (
            f"It was stopped {moment(report.written)} with {int(100 * report.done)}% done. Its "
            "results so far are kept. If you start it again, it continues from there where it can."
        )
    if report.state == "failed":
        return f"It failed {moment(report.written)}. {words.capital(report.message)}"
    return "It has not begun, or its progress cannot be read."


def _facts(job: Job, report: Report, place: Place) -> list[tuple[str, str]]:
    order = job.order
    same = "as they are now" if order.is_of(place) else "changed since"
    facts = [(setting, value) for setting, value in settings(order)]
    facts += [
        ("Seed", str(order.seed)),
        ("Inputs", f"{order.inputs_sha256[:12]} ({same})"),
        ("Version", order.version),
    ]
    if report.state == "done" and report.result_sha256:
        facts.append(("Result", report.result_sha256[:12]))
    if report.began:
        facts.append(("Began", moment(report.began).removeprefix("on ")))
    return facts


def settings(order: Order) -> list[tuple[str, str]]:
    """What was set, in words."""
    known = KINDS[order.kind].settings
    return [
        (known[name].name, f"{value:,}") for name, value in order.settings.items() if name in known
    ]


def every_run(jobs: Sequence[Job], place: Place) -> PageTable:
    """The jobs of a place, the last worked on first."""
    rows = []
    for job in jobs:
        report = job.report
        state = STATES[report.state]
        if report.state == "running":
            state += f", {int(100 * report.done)}%"
        rows.append(
            {
                "name": KINDS[job.order.kind].name,
                "href": f"runs/{job.order.id}/",
                "id": job.order.id,
                "settings": ", ".join(
                    f"{words.inside(name)} {value}" for name, value in settings(job.order)
                ),
                "seed": job.order.seed,
                "state": state,
                "when": moment(report.written).removeprefix("on ") if report.written else "",
                "inputs": "as now" if job.order.is_of(place) else "changed since",
            }
        )
    return PageTable(
        "runs",
        "Long jobs of this place, latest first",
        [
            PageColumn("name", "What"),
            PageColumn("state", "State"),
            PageColumn("when", "When"),
            PageColumn("settings", "Settings"),
            PageColumn("seed", "Seed", "plain"),
            PageColumn("inputs", "Inputs"),
            PageColumn("id", "Address"),
        ],
        rows,
    )


def list_answer(jobs: Sequence[Job]) -> str:
    """What is at work and what is done, in a sentence or two."""
    states = [job.report.state for job in jobs]
    at_work = next((j for j, s in zip(jobs, states, strict=True) if s == "running"), None)
    first = "No job is running now."
    if at_work:
        kind = KINDS[at_work.order.kind]
        first = f"“{kind.name}” is running now, {job_words.left(at_work.report, kind.minutes)}."
    if not jobs:
        return f"{first} No long job has been started for this place yet."
    done = states.count("done")
    return f"{first} {done} of {len(jobs)} {'is' if done == 1 else 'are'} done and can be read."


def moment(seconds: float) -> str:
    """A time of day and a date: on 22 November 2026 at 01:33."""
    at = datetime.fromtimestamp(seconds, ZoneInfo("Europe/London"))
    return f"on {at.day} {at:%B %Y} at {at:%H:%M}"


def duration(seconds: float) -> str:
    """How long something took: 45 seconds; 2 minutes 5 seconds; 1 hour 3 minutes."""
    whole = max(round(seconds), 0)
    hours, minutes, rest = whole // 3600, whole % 3600 // 60, whole % 60
    parts = [
        f"{n} {unit}{'' if n == 1 else 's'}"
        for n, unit in ((hours, "hour"), (minutes, "minute"), (rest, "second"))
        if n
    ]
    return " ".join(parts[:2]) or "less than a second"
