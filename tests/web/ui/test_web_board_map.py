"""The map of the boards: read without colour, reached without a pointer."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from tripleaim.web.ui.maps import BoardOnMap, board_map, board_shapes

SVG = "{http://www.w3.org/2000/svg}"


def test_every_board_is_on_the_map_and_the_capital_twice() -> None:
    shapes = board_shapes()
    assert len(shapes.paths) == 36
    assert all(path.startswith("M") and path.endswith("z") for path in shapes.paths.values())
    assert 2 <= len(shapes.inset_paths) <= 5
    assert 650 < shapes.height / 2 < 700


def test_the_inset_covers_no_board() -> None:
    shapes = board_shapes()
    left, top, width, height = shapes.inset
    for path in shapes.paths.values():
        for ring in path.removesuffix("z").split("z"):
            start, _, steps = ring.partition("l")
            x, y = map(int, start.removeprefix("M").split())
            numbers = list(map(int, steps.replace("-", " -").split()))
            for across, down in zip(numbers[::2], numbers[1::2], strict=True):
                x, y = x + across, y + down
                assert not (left <= x <= left + width and top <= y <= top + height)


def test_a_map_without_links_is_one_image_whose_boards_are_named() -> None:
    shown = {"QSL": BoardOnMap("NHS Somerset: 12 & more", 0)}
    drawn = ET.fromstring(board_map(shown, "Need", "One board is dark."))  # noqa: S314 - our own
    assert drawn.get("role") == "img"
    assert [title.text for title in drawn.iter(f"{SVG}title")] == [
        "Need",
        "NHS Somerset: 12 & more",
    ]
    assert not list(drawn.iter(f"{SVG}a"))


def test_links_are_named_and_reached_once_in_the_order_of_the_list() -> None:
    codes = sorted(board_shapes().paths, reverse=True)
    shown = {
        code: BoardOnMap(f"Board {code}", k % 5, f"?board={code}", chosen=k == 3)
        for k, code in enumerate(codes)
    }
    drawn = ET.fromstring(board_map(shown, "Choose", "All boards."))  # noqa: S314 - our own
    assert drawn.get("role") == "group"
    links = list(drawn.iter(f"{SVG}a"))
    reached = [link for link in links if link.get("tabindex") is None]
    assert [link.get("aria-label") for link in reached] == [f"Board {code}" for code in codes]
    assert [link.get("href") for link in reached if link.get("aria-current")] == [
        f"?board={codes[3]}"
    ]
    others = [link for link in links if link.get("tabindex") is not None]
    assert len(others) == len(board_shapes().inset_paths)


def test_the_map_is_small_enough_for_a_page() -> None:
    shown = {code: BoardOnMap(name, 1) for code, name in board_shapes().names.items()}
    assert len(board_map(shown, "Need", "All boards.")) < 80_000
