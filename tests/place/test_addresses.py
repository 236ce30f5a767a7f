"""A name that no address of a page can carry is refused where a place, or its plan, is made."""

from __future__ import annotations

from pathlib import Path

import pytest

from tripleaim.place import InputError, check, new, refuse_out_folder

WITHOUT_ADDRESS = {
    "3counties": "expected a folder whose name starts with a letter",
    "glossary": "a page outside the places already uses this address",
    "Mendip Hills": "call it mendip-hills",
    "Alpha": "call it alpha",
    "two_words": "call it two-words",
    "£": "expected a folder whose name has letters or digits",
}


@pytest.mark.parametrize(("name", "told"), WITHOUT_ADDRESS.items())
def test_no_place_is_made_under_a_name_without_an_address(
    tmp_path: Path, population: Path, name: str, told: str
) -> None:
    with pytest.raises(InputError, match=told) as refusal:
        new(tmp_path / name, population)
    assert refusal.value.value == name
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize(("name", "told"), WITHOUT_ADDRESS.items())
def test_the_check_refuses_a_folder_without_an_address(arden: Path, name: str, told: str) -> None:
    folder = arden.rename(arden.with_name(name))
    assert told in "\n".join(map(str, check(folder).faults))


@pytest.mark.parametrize(("name", "told"), WITHOUT_ADDRESS.items())
def test_no_plan_is_kept_in_a_folder_without_an_address(arden: Path, name: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        refuse_out_folder(arden.with_name(name), arden)


@pytest.mark.parametrize("inside", ["out", "deep/er/out", "solutions"])
def test_no_plan_is_kept_inside_its_place(arden: Path, inside: str) -> None:
    with pytest.raises(InputError, match="expected a folder outside"):
        refuse_out_folder(arden / inside, arden)


def test_a_link_into_the_place_is_inside_it(arden: Path) -> None:
    link = arden.with_name("elsewhere")
    link.symlink_to(arden)
    with pytest.raises(InputError, match="expected a folder outside"):
        refuse_out_folder(link, arden)


def test_a_folder_beside_the_place_is_right(arden: Path) -> None:
    refuse_out_folder(arden.with_name("arden-plan-2"), arden)
