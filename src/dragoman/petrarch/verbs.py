"""Verb dictionaries: sets of synonyms, blocks of verbs with their codes, and the patterns of each block."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dragoman.petrarch.source import lines_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dragoman.petrarch.report import Report
    from dragoman.petrarch.source import Line

_BLOCK = re.compile(r"-{2,}\s*([^\[\]]*?)\s*\[([^\]]*)\].*")
_CODE = re.compile(r"\[([^\]]*)\]")
_PATTERN = re.compile(r"-\s+(.*?)\s*\[([^\]]*)\].*")
_FORMS = re.compile(r"\{([^}]*)\}")


@dataclass(frozen=True, slots=True)
class Codes:
    """The code of an entry, and that of what the target does to the source ("032:033"); "" for none."""

    there: str
    back: str = ""


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb of one word or more: the words before and after the one that inflects, and its other forms."""

    head: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    forms: tuple[str, ...]
    codes: Codes
    line: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern of words around the verbs of its block, as the dictionary writes it."""

    text: str
    codes: Codes
    line: int


@dataclass(slots=True)
class Block:
    """Verbs that share a code and patterns."""

    name: str
    codes: Codes
    line: int
    verbs: list[Verb] = field(default_factory=list)
    patterns: list[Pattern] = field(default_factory=list)


@dataclass(slots=True)
class VerbDictionary:
    """A verb dictionary read: its sets of synonyms by name, the lines they begin on, and its blocks."""

    path: Path
    sets: dict[str, list[str]] = field(default_factory=dict)
    set_lines: dict[str, int] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)


def read_verbs(path: Path, report: Report) -> VerbDictionary:
    """Read a verb dictionary of PETRARCH 1 or 2; what is no entry goes to the report. Raises `ConfigError`."""
    read = VerbDictionary(path)
    current: list[str] | None = None
    for line in lines_of(path):
        text = line.text.strip()
        if not text:
            current = None
        elif text.startswith("&"):
            name = (text[1:].split() or [""])[0].strip("_")
            read.set_lines.setdefault(name, line.number)
            current = read.sets.setdefault(name, [])
        elif current is not None and text.startswith("+"):
            # In braces stand irregular plurals.
            current.extend(p.lstrip("+").strip() for p in re.split(r"[{},]", text) if p.strip("+ "))
        elif text.startswith("~"):
            report.lose(
                path, line.number, text, "transformations of one event by another are not carried over"
            )
        else:
            current = None
            _read_line(read, line, text, report)
    return read


def _read_line(read: VerbDictionary, line: Line, text: str, report: Report) -> None:
    """Read a line of a block: its head, a pattern, or a verb."""
    block = _BLOCK.fullmatch(text)
    if block:
        read.blocks.append(Block(block[1], _codes(block[2]), line.number))
    elif text.startswith("---"):
        report.lose(read.path, line.number, text, "the head of a block has no code")
    elif not read.blocks:
        report.lose(read.path, line.number, text, "stands before the first block of verbs")
    elif text.startswith("-"):
        pattern = _PATTERN.fullmatch(text)
        if pattern is None:
            report.lose(read.path, line.number, text, "the pattern has no code")
        elif pattern[1].count("*") != 1:
            report.lose(read.path, line.number, text, "the pattern has no place for its verb (*)")
        else:
            read.blocks[-1].patterns.append(Pattern(pattern[1], _codes(pattern[2]), line.number))
    else:
        found = list(_verbs(text, read.blocks[-1], line.number))
        if not found:
            report.lose(read.path, line.number, text, "no verb can be read from it")
        read.blocks[-1].verbs.extend(found)


def _codes(text: str) -> Codes:
    there, _, back = text.replace(" ", "").partition(":")
    return Codes(there, back)


def _verbs(text: str, block: Block, line: int) -> Iterator[Verb]:
    """Yield the verb of a line; its other forms go along."""
    own = _CODE.search(text)
    codes = _codes(own[1]) if own else block.codes
    braces = _FORMS.search(text)
    forms = re.split(r"[\s,]+", braces[1]) if braces else []
    phrase = re.sub(r"\[.*|\{.*", "", text).strip()
    if not phrase:
        return
    before, head, after = _split(phrase)
    others = tuple(dict.fromkeys(_split(form)[1] for form in forms if form.strip("+_")))
    if head:
        yield Verb(head, before, after, others, codes, line)


def _split(phrase: str) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
    """Return the words before, at and after the mark of a verb of several words (`WIRE_+TAP`)."""
    words = [w for w in re.split(r"[_\s]+", phrase.lower()) if w.strip("+")]
    at = next((n for n, word in enumerate(words) if word.startswith("+")), 0)
    words = [word.lstrip("+") for word in words]
    if not words:
        return (), "", ()
    return tuple(words[:at]), words[at], tuple(words[at + 1 :])
