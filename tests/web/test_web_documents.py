"""The product leads to its documents."""

from __future__ import annotations

from pathlib import Path

from django.test import Client, override_settings

from tripleaim.web.ui.assets_manifest import documents_address

ELSEWHERE = "https://docs.example.org/triple-aim/"


def test_every_page_leads_to_the_documents_at_the_address_that_is_set(client: Client) -> None:
    with override_settings(TRIPLEAIM_DOCUMENTS=ELSEWHERE):
        for page in ("/", "/places/somerset/", "/glossary/"):
            body = client.get(page).content.decode()
            assert f'<a href="{ELSEWHERE}">Documents</a>' in body


def test_documents_that_were_built_are_found_and_others_not_linked(tmp_path: Path) -> None:
    assert documents_address("", tmp_path) == ""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.html").write_text("<title>Triple Aim</title>", encoding="utf-8")
    assert documents_address("", tmp_path) == "/assets/docs/index.html"
    assert documents_address(ELSEWHERE, tmp_path) == ELSEWHERE


def test_documents_may_have_styles_inside_and_nothing_from_elsewhere(client: Client) -> None:
    policy = client.get("/assets/docs/index.html").headers["Content-Security-Policy"]
    assert "style-src 'self' 'unsafe-inline'; script-src 'self'; img-src 'self' data:;" in policy
    assert "unsafe-inline" not in client.get("/").headers["Content-Security-Policy"]
