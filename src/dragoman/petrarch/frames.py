"""Frames of a codebook out of the blocks of a verb dictionary."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dragoman.language.inflection import irregular_forms
from dragoman.petrarch.codes import meaning_of
from dragoman.petrarch.patterns import around, word_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.petrarch.codes import Meaning
    from dragoman.petrarch.report import Report
    from dragoman.petrarch.verbs import Block, Codes, Verb, VerbDictionary

# Where source and target stand. PETRARCH takes the party nearest before the verb where its clause names none.
ACTOR = ("subject",)
NEAREST_ACTOR = ("subject", "preceding")
RECIPIENT = ("object", "indirect_object", "following")
SCORE = 0.7
# An entry for one form of a verb (`LEFT`) goes before the entry for the verb (`LEAVE`).
FORM_SCORE = 0.8
NO_EVENT = "---"


@dataclass(slots=True)
class Frames:
    """Frames by the type that they are of, in the order of the dictionary.

    `prefix` goes before their ids; `actor` are the places of who does it.
    """

    prefix: str
    actor: tuple[str, ...] = ACTOR
    by_type: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    _used: dict[str, int] = field(default_factory=dict)

    def add(self, type_name: str, name: str, frame: dict[str, Any]) -> None:
        """Add a frame under an id made of the name of its block."""
        base = self.prefix + "-".join(name.lower().replace("_", " ").replace("+", " ").split())
        number = self._used[base] = self._used.get(base, 0) + 1
        # With zeros, so that of entries that say equally much the first in the dictionary comes first.
        self.by_type.setdefault(type_name, []).append({"id": f"{base}-{number:03d}", **frame})


def add_blocks(read: VerbDictionary, frames: Frames, report: Report) -> None:
    """Add the frames of a dictionary's blocks; what has no place in the codebook goes to the report."""
    heads = {verb.head for block in read.blocks for verb in block.verbs}
    for block in read.blocks:
        _add_verbs(read, block, frames, report, heads)
        _add_patterns(read, block, frames, report)


def _meaning(
    read: VerbDictionary, codes: Codes, line: int, entry: str, report: Report, *, kept: bool = False
) -> tuple[Meaning | None, bool]:
    """Return what codes mean and whether it is the target who acts; what means nothing is reported.

    `kept` says that the entry is carried over all the same, as words that tell no event.
    """
    turned = not codes.there and bool(codes.back)
    code = codes.back if turned else codes.there
    meaning = meaning_of(code)
    if meaning is None:
        if code.strip("-"):
            if kept:
                why = f"{_why_not(code)}; kept as words that tell no event"
                report.change(read.path, line, f"{entry} [{code}]", why)
            else:
                report.lose(read.path, line, f"{entry} [{code}]", _why_not(code))
        return None, turned
    if not meaning.exact:
        report.change(
            read.path, line, f"{entry} [{code}]", "CAMEO has no such code; read by its first digits"
        )
    return meaning, turned


def _why_not(code: str) -> str:
    if code[:2] in ("01", "02") and code[:3].isdigit():
        return f"CAMEO's root {code[:2]} has no type in PLOVER"
    return "not a code of CAMEO"


def _frame(
    trigger: dict[str, Any],
    meaning: Meaning,
    codes: Codes,
    places: tuple[str, ...],
    *,
    turned: bool,
    score: float = SCORE,
) -> dict[str, Any]:
    """Return a frame of a meaning; `places` are those of the source, who is the recipient where it is turned."""
    frame: dict[str, Any] = {"trigger": trigger}
    actor, recipient = (RECIPIENT, places) if turned else (places, RECIPIENT)
    frame |= {"actor": [*actor], "recipient": [*recipient], "requires": ["actor", "recipient"]}
    if meaning.mode:
        frame["mode"] = meaning.mode
    if meaning.contexts:
        frame["contexts"] = list(meaning.contexts)
    frame |= {"cameo": meaning.code, "score": score, "reciprocal": False}
    back = meaning_of(codes.back) if not turned else None
    if any("{parties}" in p for p in trigger.get("patterns", ())):
        # Several parties with one another; a pattern with `%` holds for them both ways.
        frame |= {"reciprocal": True, "requires": ["actor"], "recipient": []}
    elif back is not None:
        mode = {"mode": back.mode} if back.mode else {}
        frame["answer"] = {"type": back.type, **mode, "cameo": back.code}
    return frame


def _add_verbs(read: VerbDictionary, block: Block, frames: Frames, report: Report, heads: set[str]) -> None:
    """Add one frame for the verbs of a block that have the same code, one for each verb of several words."""
    plain: dict[tuple[Codes, float], list[Verb]] = {}
    for verb in block.verbs:
        if verb.before or len(verb.after) > 1:
            _add_phrase(read, verb, block, frames, report)
        else:
            score = FORM_SCORE if _is_form(verb.head, heads) else SCORE
            plain.setdefault((verb.codes, score), []).append(verb)
    for (codes, score), verbs in plain.items():
        entry = ", ".join(v.head.upper() for v in verbs)
        meaning, turned = _meaning(read, codes, verbs[0].line, entry, report)
        if meaning is not None:
            trigger = {"verb": list(dict.fromkeys(f for v in verbs for f in forms_of(v)))}
            frame = _frame(trigger, meaning, codes, frames.actor, turned=turned, score=score)
            frames.add(meaning.type, block.name, frame)
            report.carry("verbs", len(verbs))


def _add_phrase(read: VerbDictionary, verb: Verb, block: Block, frames: Frames, report: Report) -> None:
    entry = " ".join((*verb.before, verb.head, *verb.after)).upper()
    meaning, turned = _meaning(read, verb.codes, verb.line, entry, report)
    if meaning is not None:
        trigger = {"verb": [verb.head, *verb.forms], "patterns": [around(verb)]}
        frames.add(
            meaning.type, block.name, _frame(trigger, meaning, verb.codes, frames.actor, turned=turned)
        )
        report.carry("verbs")


def forms_of(verb: Verb) -> list[str]:
    """Return a verb and its irregular forms as a frame lists them, with the particle that follows it."""
    return [" ".join((form, *verb.after)) for form in (verb.head, *verb.forms)]


def _is_form(head: str, heads: set[str]) -> bool:
    """Tell whether a verb is a form of another that the dictionary has."""
    return any(head in irregular_forms().get(lemma, ()) for lemma in heads if lemma != head)


def _add_patterns(read: VerbDictionary, block: Block, frames: Frames, report: Report) -> None:
    """Add a frame for each run of patterns with one code; those that code nothing stop the shorter ones."""
    for pattern in block.patterns:
        entry = f"- {pattern.text}"
        try:
            written = word_pattern(pattern.text, read.sets)
        except ValueError as error:
            report.lose(read.path, pattern.line, entry, str(error))
            continue
        if not block.verbs:
            report.lose(read.path, pattern.line, entry, "its block has no verb")
            continue
        # Other marks than `---` come from older programs, and PETRARCH has no meaning for them.
        code = pattern.codes.there or pattern.codes.back
        home = _home(block) if code == NO_EVENT or code.isalnum() else None
        meaning, turned = _meaning(read, pattern.codes, pattern.line, entry, report, kept=home is not None)
        home = meaning.type if meaning is not None else home
        if home is None:
            continue
        for trigger in _triggers(block.verbs, written):
            if meaning is None:
                frames.add(home, block.name, {"trigger": trigger, "yields": "nothing", "score": SCORE})
            else:
                frames.add(
                    home, block.name, _frame(trigger, meaning, pattern.codes, frames.actor, turned=turned)
                )
        report.carry("patterns" if meaning is not None else "patterns that code nothing")


def _home(block: Block) -> str | None:
    """Return the type whose file keeps the patterns of a block that code nothing, or None without any."""
    codes: Iterable[Codes] = (
        block.codes,
        *(v.codes for v in block.verbs),
        *(p.codes for p in block.patterns),
    )
    for code in codes:
        meaning = meaning_of(code.there or code.back)
        if meaning is not None:
            return meaning.type
    return None


def _triggers(verbs: list[Verb], pattern: str) -> list[dict[str, Any]]:
    """Return the triggers of a pattern: one for all verbs of one word, one for each other verb."""
    single = [v for v in verbs if not v.before and not v.after]
    found: list[dict[str, Any]] = []
    if single:
        found.append({"verb": list(dict.fromkeys(f for v in single for f in (v.head, *v.forms))),
                      "patterns": [pattern]})  # fmt: skip
    found.extend(
        {"verb": [v.head, *v.forms], "patterns": [around(v, pattern)]} for v in verbs if v.before or v.after
    )
    return found
