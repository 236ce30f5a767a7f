"""The reading age of a page: the Flesch-Kincaid grade of its running text, and five.

Kincaid and others 1975: grade = 0.39 words a sentence + 11.8 syllables a word - 15.59; a pupil of
grade 7 is 12. A sentence ends at a full stop, question mark or exclamation
mark, and at the end of a paragraph or of an item of a list.

What a reader cannot be spared is counted as one word of one syllable each: a number with its unit,
a name (in quotation marks, or with capitals inside a sentence), an abbreviation, and a term that
GLOSSARY.md explains. Running text is what stands in paragraphs and lists of <main> and is seen
without opening anything: no tables, forms, pictures, references, lists of links or <details>.
"""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

GLOSSARY = Path(__file__).parents[1] / "GLOSSARY.md"
LEFT_OUT = {"table", "form", "svg", "details", "nav", "script", "style", "figure", "aside", "code"}
BLOCKS = {"p", "li", "dd"}
REFERENCES = {"ta-links", "ta-downloads", "ta-audit__where"}
NAME = "X"
"""What stands for a name, a number or a term: one syllable."""

_QUOTED = re.compile(r"“[^”]*”")
_NUMBER = re.compile(r"[−+±]?£?\d[\d,./]*(?:%|m|bn|p)?(?:\s+to\s+[−+]?£?\d[\d,./]*(?:%|m|bn|p)?)?")
_IN_BRACKETS = re.compile(r"\(\s*X(?:[ ,]+(?:to|of|and|X))*\s*\)")
_NAMES = re.compile(r"(?<=[\w,’'] )(?:[A-Z][\w’'&.-]*)(?: (?:and |of |& )?[A-Z][\w’'&.-]*)*")
_ABBREVIATION = re.compile(r"\b[A-Z][A-Z&]+s?\b")
_END = re.compile(r"[.!?]+(?=\s|$)")
_WORD = re.compile(r"[A-Za-z][A-Za-z’'-]*")
_VOWELS = re.compile(r"[aeiouy]+")


class _RunningText(HTMLParser):
    """The paragraphs and items of lists that a page shows, one text each."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[str] = []
        self._inside: list[str] = []
        self._block = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kinds = dict(attrs).get("class") or ""
        if tag in LEFT_OUT | {"main"} or kinds in REFERENCES:
            self._inside.append(tag)
        if tag in BLOCKS and self._shown():
            self.blocks.append("")
            self._block += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self._block = max(0, self._block - 1)
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if self._block and self._shown():
            self.blocks[-1] += data

    def _shown(self) -> bool:
        return self._inside == ["main"]


def running_text(page: str) -> list[str]:
    """The paragraphs of a page's HTML, in order, without what is left out."""
    reader = _RunningText()
    reader.feed(page)
    return [" ".join(block.split()) for block in reader.blocks if block.strip()]


def reading_age(blocks: list[str]) -> float:
    """The reading age, in years, of paragraphs together; 0 without a sentence."""
    sentences = [s for block in blocks for s in _sentences(block)]
    words = [w for s in sentences for w in _WORD.findall(s)]
    if not words:
        return 0.0
    syllables = sum(map(syllables_of, words))
    grade = 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59
    return grade + 5


def _sentences(block: str) -> list[str]:
    text = _QUOTED.sub(NAME, block)
    text = _terms().sub(NAME, text)
    text = _NUMBER.sub(NAME, text)
    text = _ABBREVIATION.sub(NAME, text)
    text = _IN_BRACKETS.sub("", _NAMES.sub(NAME, text))
    return [part for part in _END.split(text) if _WORD.search(part)]


@cache
def _terms() -> re.Pattern[str]:
    """The terms of the glossary, longest first, in the singular and the plural."""
    rows = re.findall(r"^\| ([^|]+?) \|", GLOSSARY.read_text(encoding="utf-8"), re.MULTILINE)
    terms = {t.strip("` ").lower() for row in rows[1:] for t in re.split(r", | \(|\)", row)}
    known = sorted((t for t in terms if len(t) > 2), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, known))})s?\b", re.IGNORECASE)


def syllables_of(word: str) -> int:
    """About how many syllables a word has: groups of vowels, without a silent e near its end."""
    low = re.sub(r"[^a-z]", "", word.lower())
    low = re.sub(r"(?<![td])ed$|(?<![scxz])(?<!sh)(?<!ch)es$", "", low)
    low = re.sub(r"(?<=[^aeiouyl])e$|(?<=[aeiouy]l)e$", "", low)
    return max(1, len(_VOWELS.findall(low)))
