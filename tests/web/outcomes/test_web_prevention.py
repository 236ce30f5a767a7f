"""Pages of prevention over a sample document: questions, answers, files, lasting addresses."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from django.urls import resolve
from listed_pages import OF_PREVENTION, answer_under
from prevention_county import PreventionPlans
from sample_curves import YEARS, spread
from sample_prevention import keep_run, sample_document

from tripleaim.place import File, FolderFiles, PlaceFiles
from tripleaim.prevention.document import BreakEven, PreventionDocument
from tripleaim.web import plans
from tripleaim.web.pages.outcomes.presenters import prevention, prevention_health, prevention_parts
from tripleaim.wording import MINUS

BELOW = ("", "inequality/", "leading/", "attribution/", "uncertainty/")


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> PreventionPlans:
    return PreventionPlans(tmp_path_factory.mktemp("data"))


@pytest.fixture(autouse=True)
def _county(source: PreventionPlans) -> None:
    plans.use(source)


def _body(client: Client, path: str, place: str = "county") -> str:
    answer = client.get(f"/places/{place}/{path}")
    assert answer.status_code == 200, path
    return unescape(answer.content.decode())


@pytest.mark.parametrize(("path", "heading"), OF_PREVENTION.items())
def test_a_page_answers_its_question_and_all_its_tables_can_be_had(
    client: Client, path: str, heading: str
) -> None:
    body = _body(client, path)
    answer = answer_under(heading, body)
    assert body.count("These people are synthetic.") == 1
    assert "not known" not in answer
    files = set(re.findall(r"/places/county/(outcomes/download/[A-Za-z0-9_-]+\.csv)", body))
    assert files
    for name in files:
        header, *rows = list(csv.reader(io.StringIO(_body(client, name), newline="")))
        assert rows, name
        assert len(set(header)) == len(header), name


@pytest.mark.parametrize("path", [p for p in OF_PREVENTION if not re.search("published|risks", p)])
def test_every_picture_says_in_a_sentence_what_it_shows(client: Client, path: str) -> None:
    body = _body(client, path)
    pictures = re.findall(r"<title[^>]*>([^<]+)</title><desc[^>]*>([^<]+)</desc>", body)
    assert pictures
    assert all(said.endswith(".") for _, said in pictures)
    assert "style=" not in body
    assert "<script>" not in body


def test_words_of_the_field_are_in_the_glossary(client: Client) -> None:
    known = set(re.findall(r'\sid="([^"]+)"', client.get("/glossary/").content.decode()))
    for path in OF_PREVENTION:
        assert set(re.findall(r'href="/glossary/#([^"]+)"', _body(client, path))) <= known


@pytest.mark.parametrize("path", ["outcomes/", "outcomes/leading/", "outcomes/attribution/"])
def test_links_lead_to_pages_of_ours(client: Client, path: str) -> None:
    body = _body(client, path)
    links = {h for h in re.findall(r'href="(/[^"#?]+)', body) if not h.startswith("/assets/")}
    assert len(links) > 20
    for link in links:
        assert resolve(link).func is not None


@pytest.mark.parametrize("below", BELOW)
def test_one_run_has_an_address_that_shows_its_seed_inputs_and_version(
    client: Client, source: PreventionPlans, below: str
) -> None:
    lasting = f"outcomes/run/{source.job.order.id}/{below}"
    assert f'href="/places/county/{lasting}"' in _body(client, f"outcomes/{below}")
    body = _body(client, lasting)
    for said in (source.job.order.id, source.county.place.sha256_of("prevention")[:12], "seed 7"):
        assert said in body
    assert f"version {sample_document().version}" in body
    for other in BELOW:
        assert f'href="/places/county/outcomes/run/{source.job.order.id}/{other}"' in body


def test_the_newest_run_under_the_inputs_as_they_are_is_shown(
    client: Client, tmp_path: Path
) -> None:
    source = PreventionPlans(tmp_path)
    place, folder = source.county.place, tmp_path / "county"
    document = sample_document(place.sha256_of("prevention"))
    newer = keep_run(folder, place, document, settings={"draws": 8}, written=5.0)
    keep_run(folder, place, settings={"draws": 16}, written=9.0, state="stopped")
    plans.use(source)
    body = _body(client, "outcomes/")
    assert newer.order.id in body
    assert source.job.order.id not in body
    assert "made from other inputs" not in body
    assert client.get("/places/county/outcomes/run/0123456789ab/").status_code == 404


def test_a_run_of_earlier_inputs_keeps_its_address_and_says_so(
    client: Client, tmp_path: Path
) -> None:
    source = PreventionPlans(tmp_path)
    place, folder = source.county.place, tmp_path / "county"
    file = File.of(place.folder / "late_outcomes.csv", b"as it was")
    own = FolderFiles(place.folder, {**place.own.files, "late_outcomes.csv": file})
    earlier = replace(place, files=PlaceFiles((own, *place.files.folders[1:])))
    document = sample_document(earlier.sha256_of("prevention"))
    old = keep_run(folder, earlier, document, written=9.0)
    plans.use(source)
    assert old.order.id not in _body(client, "outcomes/")
    assert "made from other inputs" in _body(client, f"outcomes/run/{old.order.id}/")


@pytest.mark.parametrize("below", [*BELOW, "programmes/falls-prevention/"])
def test_without_a_run_a_page_says_what_it_would_show_and_offers_to_work_it_out(
    client: Client, below: str
) -> None:
    body = _body(client, f"outcomes/{below}", place="somerset")
    assert "This has not been computed yet" in body
    assert "minutes" in body
    assert client.get("/places/somerset/outcomes/download/prevention.json").status_code == 404


def test_the_document_can_be_had_as_data(client: Client) -> None:
    body = client.get("/places/county/outcomes/download/prevention.json").content
    document = PreventionDocument.model_validate_json(body)
    assert document.years == YEARS


def test_a_file_of_programmes_has_raw_numbers_with_their_intervals(client: Client) -> None:
    rows = list(
        csv.DictReader(io.StringIO(_body(client, "outcomes/download/outcomes-programmes.csv")))
    )
    falls = next(row for row in rows if row["name"] == "Falls prevention")
    part = next(p for p in sample_document().programmes if p.id == "falls-prevention")
    net = prevention.discounted(sample_document(), part.money).net_cost
    assert net.central is not None
    assert float(falls["net"]) == round(net.central, 6)
    assert [float(falls[f"net_p{k}"]) for k in (10, 90)] == [round(net.p10, 6), round(net.p90, 6)]


@pytest.mark.parametrize(
    ("central", "pct", "said"),
    [
        (None, 0.0, "they do not pay for themselves within twenty years in any draw"),
        (None, 9.4, "they do not pay for themselves within twenty years in about nine draws of"),
        (None, 60.0, "on the central values they do not pay for themselves within twenty years, "
                     "but in about six draws of ten they do"),
        ("2031/32", 70.0, "they have paid for themselves from 2031/32 on, and in about seven"),
        ("2031/32", 40.0, "but in about six draws of ten they do not within twenty years"),
    ],
)  # fmt: skip
def test_whether_it_pays_is_said_with_how_many_draws_say_so(
    central: str | None, pct: float, said: str
) -> None:
    break_even = BreakEven(central=central, p10=None, p50=None, p90=None, ever_pct=pct)
    assert said in prevention.pays(sample_document(), break_even)


@pytest.mark.parametrize(
    ("value", "width", "said"),
    [
        (12.0, 0.2, "cost £12m (£10m to £14m) more than they save"),
        (-12.0, 0.2, "save £12m (£10m to £14m) more than they cost"),
        (10.0, 1.5, "may cost or save: a cost of £10m, between £5m saved and £25m spent"),
    ],
)
def test_net_cost_is_said_with_its_direction_first(value: float, width: float, said: str) -> None:
    assert prevention.net(spread(value, width)) == said


def test_the_printed_life_expectancy_is_shown_with_the_differences(client: Client) -> None:
    body = _body(client, "outcomes/inequality/")
    for said in ("80.0 years", "83.8 years", "81.2 years", "80.4 years"):
        assert said in body
    assert "The model's is 0.8 to 1.0 years longer than the official one of 2016/18" in body
    assert "treated the many deaths of 2014/15 as chance" in body
    assert "too few people were simulated" in body


def test_shares_on_the_page_add_up_to_the_whole() -> None:
    document = sample_document()
    for part in document.attribution:
        table = prevention_parts.share_table(document, part)
        assert sum(float(row["value"]) for row in table.rows) == pytest.approx(part.total)


def test_with_few_draws_the_page_names_no_drivers() -> None:
    document = sample_document()
    few = document.model_copy(update={"run": document.run.model_copy(update={"draws": 16})})
    [part, *_] = document.uncertainty
    assert "42% comes from" in prevention_parts.driver_answer(document, part)
    answer = prevention_parts.driver_answer(few, part)
    assert answer.endswith("With fewer than 64, we cannot tell the effect of a number from chance.")
    assert "42%" not in answer


def test_the_most_deprived_come_first_in_what_each_fifth_gains() -> None:
    names = [row.name for row in prevention_health.dots(sample_document())]
    assert names[0] == "Most deprived fifth"
    assert names[-1] == "Least deprived fifth"


def test_a_programme_without_a_controlled_study_counts_for_no_effect(client: Client) -> None:
    body = _body(client, "outcomes/programmes/early-diagnosis-of-cancer/")
    assert "We count no effect" in body
    assert "We have no controlled study of it" in body


def test_a_saving_and_a_cost_by_payer_say_who_pays_and_who_saves(client: Client) -> None:
    body = _body(client, "outcomes/programmes/falls-prevention/")
    [said] = set(re.findall(r"<desc[^>]*>(Net cost by year of each payer[^<]+)</desc>", body))
    assert "NHS Somerset CCG saves" in said
    assert MINUS not in said


@pytest.mark.parametrize("path", ["outcomes/programmes/nonesuch/", "outcomes/download/none.csv"])
def test_an_address_that_leads_nowhere_says_so(client: Client, path: str) -> None:
    answer = client.get(f"/places/county/{path}")
    assert answer.status_code == 404
    assert "There is no" in answer.content.decode()


def test_fewer_hip_fractures_have_a_line_of_their_own_with_its_source(client: Client) -> None:
    body = _body(client, "outcomes/")
    assert "Hip fractures: 140 (110 to 180) fewer" in body
    assert "130 (100 to 160) quality-adjusted years" in body
    assert "hazard of death after it, women, months 0 to 3, 5.75 (4.94 to 6.67)" in body
    assert "excess mortality after hip fracture among older women and men" in body
    assert "carried by a condition, and so not counted again (Coronary heart disease)" in body


def test_a_programme_that_spares_hip_fractures_says_what_that_brings(client: Client) -> None:
    falls = _body(client, "outcomes/programmes/falls-prevention/")
    other = _body(client, "outcomes/programmes/weight-management/")
    assert "Hip fractures: 130" in falls
    assert "120 (90 to 150) quality-adjusted years" in falls
    assert "Hip fractures:" not in other


def test_each_official_number_has_its_year_its_area_and_its_source(client: Client) -> None:
    body = _body(client, "outcomes/inequality/")
    for said in ("2016/18", "2009/11", "abridged life table", "Model minus official"):
        assert said in body


def test_what_is_uncertain_of_one_programme_differs_where_its_name_is_cut_short() -> None:
    like = sample_document().uncertainty[0].drivers[0]
    long = "Blood pressure and atrial fibrillation found and treated"
    names = [f"{long}: uptake", f"{long}: half-life, years", "Net migration"]
    drivers = [
        like.model_copy(update={"name": name, "share": share})
        for name, share in zip(names, (0.1, 0.3, None), strict=True)
    ]
    bars, said = prevention_parts.driver_bars(drivers)
    assert [(s.name, s.text) for s in said] == [
        (f"Half-life, years: {long}", "30%"),
        (f"Uptake: {long}", "10%"),
    ]
    assert [b.name for b in bars] == [s.name for s in said]


def test_a_programme_has_the_class_of_evidence_that_it_has_in_the_plan(client: Client) -> None:
    body = _body(client, "outcomes/programmes/falls-prevention/")
    said = re.findall(r"As a solution of the five-year plan it is ([a-z ]+)\.", body)
    assert len(said) == 1
    assert f"{said[0].capitalize()}" in _body(client, "solutions/?class=" + said[0])


def test_the_page_says_how_far_the_spread_and_a_draw_of_it_may_be_off(client: Client) -> None:
    """4,550 QALYs, of which the sample says 1% and 4%."""
    text = re.sub(r"\s+", " ", _body(client, "outcomes/uncertainty/"))
    assert "The spread comes from samples of people; its standard error is 46 QALYs." in text
    assert "Because of chance in the samples, the error of a single draw is 180 QALYs." in text
