"""The lexicon of attribution cues: which words give a claim to somebody, and where they keep its content."""

from __future__ import annotations

import functools
import importlib.resources
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, cast

import yaml

from dragoman.errors import ConfigError
from dragoman.language.inflection import word_forms

if TYPE_CHECKING:
    from dragoman.model import Stance

Level = Literal["claim", "attitude", "topic"]
_FILE = "attribution.yaml"
_STANCES = ("asserts", "denies", "questions", "silent")
_LEVELS = ("claim", "attitude", "topic")


@dataclass(frozen=True, slots=True)
class CueEntry:
    """A group of cues with one argument structure; the fields are those of the lexicon file."""

    id: str
    lemmas: frozenset[str]
    places: tuple[str, ...]
    stance: Stance
    level: Level
    when_negated: Stance = "silent"
    particles: frozenset[str] = frozenset()
    prepositions: tuple[str, ...] = ()
    modifiers: frozenset[str] = frozenset()
    addressee: bool = False
    small: bool = False
    own_source: bool = False
    needs_owner: bool = False
    figure: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """A set phrase that names the source after it: "according to", "in the words of"."""

    id: str
    words: tuple[str, ...]
    stance: Stance


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All cues, indexed by lemma."""

    verbs: dict[str, tuple[CueEntry, ...]]
    nouns: dict[str, tuple[CueEntry, ...]]
    adjectives: dict[str, tuple[CueEntry, ...]]
    adverbs: dict[str, tuple[CueEntry, ...]]
    phrases: tuple[Phrase, ...]
    withholders: frozenset[str]
    withheld: frozenset[str]
    light_verbs: frozenset[str]
    light_nouns: frozenset[str]
    media: frozenset[str]
    media_governors: frozenset[str]
    support_verbs: frozenset[str]
    no_speakers: frozenset[str]
    speakers: frozenset[str]
    views: frozenset[str]
    counts: frozenset[str]
    issuers: frozenset[str]
    polls: frozenset[str]
    only_asked: frozenset[str]
    mandating: frozenset[str]
    causing: frozenset[str]
    abilities: frozenset[str]
    adherents: frozenset[str]
    only_tried: frozenset[str]
    judging: frozenset[str]
    occasions: frozenset[str]
    showing_verbs: frozenset[str]
    pictures: frozenset[str]
    no_sources: frozenset[str]
    aspectual: frozenset[str]


def _entry(raw: dict[str, Any], kind: str) -> CueEntry:
    where = f"lexicons/{_FILE}: {kind} {raw.get('id')!r}"
    stance, level = raw.get("stance"), raw.get("level", "claim")
    negated = raw.get("when_negated", "silent")
    if stance not in _STANCES or negated not in _STANCES:
        raise ConfigError(
            f"stance {stance!r} / {negated!r} is unknown", where=where, advice=", ".join(_STANCES)
        )
    if level not in _LEVELS:
        raise ConfigError(f"level {level!r} is unknown", where=where, advice=", ".join(_LEVELS))
    if not raw.get("lemmas") or not raw.get("example"):
        raise ConfigError("an entry needs lemmas and an example", where=where)
    return CueEntry(
        id=raw["id"],
        lemmas=frozenset(raw["lemmas"]),
        places=tuple(raw.get("places", ())),
        stance=stance,
        level=level,
        when_negated=negated,
        particles=frozenset(raw.get("particle", ())),
        prepositions=tuple(raw.get("preposition", ())),
        modifiers=frozenset(raw.get("modifier", ())),
        addressee=bool(raw.get("addressee")),
        small=bool(raw.get("small")),
        own_source=bool(raw.get("own_source")),
        needs_owner=bool(raw.get("needs_owner")),
        figure=bool(raw.get("figure")),
    )


def _index(rows: list[dict[str, Any]], kind: str) -> dict[str, tuple[CueEntry, ...]]:
    index: dict[str, tuple[CueEntry, ...]] = {}
    for raw in rows:
        entry = _entry(raw, kind)
        for lemma in dict.fromkeys(raw["lemmas"]):
            index[lemma] = (*index.get(lemma, ()), entry)
    return index


@functools.cache
def raw_lexicon() -> dict[str, Any]:
    """Return the lexicon file as it stands (`data/lexicons/attribution.yaml`)."""
    path = importlib.resources.files("dragoman") / "data" / "lexicons" / _FILE
    return cast("dict[str, Any]", yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader))


@functools.cache
def lexicon() -> Lexicon:
    """Return the lexicon of cues. Raises `ConfigError` when the file is faulty."""
    data = raw_lexicon()
    held = data["withholding"]
    return Lexicon(
        verbs=_index(data["verbs"], "verb"),
        nouns=_index(data["nouns"], "noun"),
        adjectives=_index(data["adjectives"], "adjective"),
        adverbs=_index(data["adverbs"], "adverb"),
        phrases=tuple(Phrase(p["id"], tuple(p["words"]), p["stance"]) for p in data["phrases"]),
        withholders=frozenset([*held["verbs"], *held["refrain"]]),
        withheld=frozenset(held["bare"]),
        light_verbs=frozenset(held["light"]["verbs"]),
        light_nouns=frozenset(held["light"]["nouns"]),
        media=frozenset(data["media"]["lemmas"]),
        media_governors=frozenset(data["media"]["governors"]),
        support_verbs=frozenset(data["support_verbs"]),
        no_speakers=frozenset(data["no_speakers"]),
        speakers=frozenset(data["speakers"]),
        views=frozenset(data["views"]),
        counts=frozenset(data["counts"]),
        issuers=frozenset(data["issuers"]),
        polls=frozenset(data["polls"]),
        only_asked=frozenset(data["only_asked"]),
        mandating=frozenset(data["mandating"]),
        causing=frozenset(data["causing"]),
        abilities=frozenset(data["abilities"]),
        adherents=frozenset(w for e in data["nouns"] if e["id"] == "supporter" for w in e["lemmas"]),
        only_tried=frozenset(data["only_tried"]),
        judging=frozenset(data["judging"]),
        occasions=frozenset(data["occasions"]),
        showing_verbs=frozenset(data["showing"]["verbs"]),
        pictures=frozenset(data["showing"]["nouns"]),
        no_sources=frozenset(data["no_sources"]),
        aspectual=frozenset(data["aspectual"]),
    )


@functools.cache
def trigger_forms() -> frozenset[str]:
    """Return the lower-case word forms that make a sentence worth a parse for its claims."""
    return frozenset(form for lemma in raw_lexicon()["triggers"] for form in word_forms(lemma))


@functools.cache
def nesting_entries() -> frozenset[str]:
    """Return the ids of the groups whose claims count inside somebody else's words."""
    return frozenset(raw_lexicon()["nesting"])
