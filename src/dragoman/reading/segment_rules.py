"""The rules by which captions, bylines, datelines, agency tags and boilerplate are told from the body.

The rules are data (`data/lexicons/segments.yaml`); this module compiles and applies them.
"""

from __future__ import annotations

import functools
import importlib.resources
import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import yaml

from dragoman.errors import ConfigError

if TYPE_CHECKING:
    from dragoman.model import SegmentKind

# A start rule never looks further than this; an end rule never further back.
START_WINDOW = 240
END_WINDOW = 1200

# Where words that stand at the end of a paragraph may begin: after a finished sentence.
_AFTER_SENTENCE = re.compile(r"[.!?…][\"”’')\]]*\s+(?=\S)|[\"”’)\]]\s+(?=\S)")
# Where a caption run together with the body may end: after a credit in brackets.
_AFTER_CREDIT = re.compile(r"[)\]]\.?(?=\s+\S)")
_WORD = re.compile(r"\S+")
_NAMED_GROUP = re.compile(r"\(\?P<(\w+)>")


@dataclass(frozen=True, slots=True)
class SegmentRule:
    """One rule: what kind of segment it marks, where, and how the words look."""

    id: str
    kind: SegmentKind
    where: Literal["whole", "start", "end"]
    zone: Literal["top", "bottom", "any"]
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    cues: tuple[str, ...]
    most_words: int
    once: bool
    head: bool
    inside: bool
    examples: tuple[tuple[str, str], ...]
    near_misses: tuple[str, ...]

    def refuses(self, text: str, start: int, end: int) -> bool:
        """Tell whether something in the words rules this kind out."""
        if self.unless is not None and self.unless.search(text[start:end]):
            return True
        return self.most_words > 0 and count_words(text, start, end, self.most_words) > self.most_words

    def fits_whole(self, text: str, start: int, end: int) -> bool:
        """Tell whether text[start:end] as a whole is of this kind."""
        if self.pattern.fullmatch(text, start, end) is None:
            return False
        return not self.refuses(text, start, end)

    def end_of_start(self, text: str, start: int, end: int) -> int | None:
        """Return where the words of this kind end that text[start:end] begins with, or None."""
        match = self.pattern.match(text, start, min(end, start + START_WINDOW))
        if match is None or match.end() == start or self.refuses(text, start, end):
            return None
        return match.end()

    def start_of_end(self, text: str, start: int, end: int) -> int | None:
        """Return where the words of this kind begin that text[start:end] ends with, or None."""
        for at in _sentence_starts(text, start, end):
            if self.fits_whole(text, at, end):
                return at
        return None

    def sentences_inside(self, text: str, start: int, end: int) -> list[tuple[int, int]]:
        """Return the whole sentences within text[start:end] that are of this kind."""
        starts = [start, *(m.end() for m in _AFTER_SENTENCE.finditer(text, start, end)), end]
        spans = ((s, s + len(text[s:e].rstrip())) for s, e in itertools.pairwise(starts))
        return [(s, e) for s, e in spans if s < e and self.fits_whole(text, s, e)]

    def end_of_head(self, text: str, start: int, end: int) -> int | None:
        """Return where a caption with its credit ends that runs on into the body, or None."""
        for match in _AFTER_CREDIT.finditer(text, start, min(end, start + 600)):
            if self.fits_whole(text, start, match.end()):
                return match.end()
        return None


def count_words(text: str, start: int, end: int, most: int) -> int:
    """Count the words of text[start:end], stopping one above `most`."""
    count = 0
    for _ in _WORD.finditer(text, start, end):
        count += 1
        if count > most:
            break
    return count


def _sentence_starts(text: str, start: int, end: int) -> list[int]:
    window = max(start, end - END_WINDOW)
    starts = [start] if window == start else []
    starts.extend(m.end() for m in _AFTER_SENTENCE.finditer(text, window, end))
    return starts


@functools.cache
def segment_rules() -> tuple[SegmentRule, ...]:
    """Return the rules in the order in which they are tried. Raises `ConfigError` when the file is faulty."""
    path = importlib.resources.files("dragoman") / "data" / "lexicons" / "segments.yaml"
    data = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    words = {name: _one_line(part) for name, part in data["words"].items()}
    return tuple(_rule(entry, words) for entry in data["rules"])


def _rule(entry: dict[str, Any], words: dict[str, str]) -> SegmentRule:
    where = f"segments.yaml, rule {entry.get('id')!r}"
    try:
        unless = entry.get("unless")
        return SegmentRule(
            id=entry["id"],
            kind=entry["kind"],
            where=entry["where"],
            zone=entry.get("zone", "any"),
            pattern=compile_pattern(entry["pattern"], words),
            unless=compile_pattern(unless, words) if unless else None,
            cues=tuple(entry.get("cues", ())),
            most_words=entry.get("most_words", 0),
            once=entry.get("once", False),
            head=entry.get("head", False),
            inside=entry.get("inside", False),
            examples=tuple(
                (e["text"], e["words"]) if isinstance(e, dict) else (e, e) for e in entry["examples"]
            ),
            near_misses=tuple(entry["near_misses"]),
        )
    except KeyError as error:
        raise ConfigError(f"{error.args[0]!r} is missing", where=where) from error
    except re.error as error:
        raise ConfigError(f"not a valid pattern: {error}", where=where) from error


def _one_line(part: str) -> str:
    """Join a folded list of alternatives; a break after `|` is not a blank of the pattern."""
    return re.sub(r"\|\s+", "|", part.strip())


def compile_pattern(pattern: str, words: dict[str, str]) -> re.Pattern[str]:
    """Compile a pattern of the file: word lists in braces are put in, a blank is any white space."""
    for _ in range(8):
        expanded = re.sub(r"\{([a-z_]+)\}", lambda m: words[m.group(1)], pattern)
        if expanded == pattern:
            break
        pattern = expanded
    numbers = iter(range(1, 1000))
    pattern = _NAMED_GROUP.sub(lambda m: f"(?P<{m.group(1)}_{next(numbers)}>", pattern)
    return re.compile(_any_space(pattern), re.DOTALL)


def _any_space(pattern: str) -> str:
    """Let every blank stand for white space of any length (inside a class: for one such character)."""
    out: list[str] = []
    in_class = False
    at = 0
    while at < len(pattern):
        char = pattern[at]
        if char == "\\":
            out.append(pattern[at : at + 2])
            at += 2
            continue
        if char == "[" and not in_class:
            in_class = True
        elif char == "]" and in_class:
            in_class = False
        elif char == " ":
            if in_class:
                char = r"\s"
            elif pattern[at + 1 : at + 2] == "?":
                char, at = r"\s*", at + 1
            else:
                char = r"\s+"
        out.append(char)
        at += 1
    return "".join(out)
