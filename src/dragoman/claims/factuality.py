"""The lexicon of factuality: what a governing word says about whether the governed thing takes place."""

from __future__ import annotations

import functools
import importlib.resources
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast, get_args

import yaml

from dragoman.errors import ConfigError
from dragoman.model import Status

if TYPE_CHECKING:
    from collections.abc import Mapping

_FILE = "factuality.yaml"
_OPERATORS = ("same", "keep", "aspect", "obligation", "base", *get_args(Status))


@dataclass(frozen=True, slots=True)
class Signature:
    """How a group of governing words treats what it governs; the fields are those of the lexicon file."""

    id: str
    governs: frozenset[str]
    affirmed: str
    negated: str
    particles: frozenset[str] = frozenset()
    speech: bool = False


@dataclass(frozen=True, slots=True)
class Factuality:
    """All signatures by lemma, and the closed classes."""

    verbs: Mapping[str, tuple[Signature, ...]]
    nouns: Mapping[str, tuple[Signature, ...]]
    adjectives: Mapping[str, tuple[Signature, ...]]
    modifiers: Mapping[str, Status]
    adverbs: Mapping[str, Status]
    conjunctions: Mapping[str, str]
    modals: Mapping[str, Status]
    commitment: Status
    travels: frozenset[str]
    present_acts: frozenset[str]
    historical_phrases: tuple[str, ...]
    historical_nouns: frozenset[str]
    containers: frozenset[str]


@functools.cache
def raw_factuality() -> dict[str, Any]:
    """Return the lexicon file as it stands (`data/lexicons/factuality.yaml`)."""
    path = importlib.resources.files("dragoman") / "data" / "lexicons" / _FILE
    return cast("dict[str, Any]", yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader))


def _index(rows: list[dict[str, Any]]) -> dict[str, tuple[Signature, ...]]:
    index: dict[str, tuple[Signature, ...]] = {}
    for raw in rows:
        for field in ("affirmed", "negated"):
            if raw.get(field) not in _OPERATORS:
                raise ConfigError(
                    f"{field} {raw.get(field)!r} is unknown",
                    where=f"lexicons/{_FILE}: {raw.get('id')!r}",
                    advice="one of " + ", ".join(_OPERATORS),
                )
        signature = Signature(
            id=raw["id"],
            governs=frozenset(raw["governs"]),
            affirmed=raw["affirmed"],
            negated=raw["negated"],
            particles=frozenset(raw.get("particle", ())),
            speech=bool(raw.get("speech")),
        )
        for lemma in dict.fromkeys(raw["lemmas"]):
            index[lemma] = (*index.get(lemma, ()), signature)
    return index


def _by_word(groups: Mapping[str, Any]) -> dict[str, Any]:
    return {
        word: status
        for status, words in groups.items()
        if isinstance(words, list) and status != "examples"
        for word in words
    }


@functools.cache
def factuality() -> Factuality:
    """Return the lexicon of factuality. Raises `ConfigError` when the file is faulty."""
    data = raw_factuality()
    return Factuality(
        verbs=_index(data["verbs"]),
        nouns=_index(data["nouns"]),
        adjectives=_index(data["adjectives"]),
        modifiers=_by_word(data["modifiers"]),
        adverbs=_by_word(data["adverbs"]),
        conjunctions=_by_word(data["conjunctions"]),
        modals=_by_word(data["modals"]),
        commitment=data["modals"]["commitment"],
        travels=frozenset(data["travels"]["lemmas"]),
        present_acts=frozenset(data["present_acts"]),
        historical_phrases=tuple(data["historical"]["phrases"]),
        historical_nouns=frozenset(data["historical"]["nouns"]),
        containers=frozenset(data["containers"]),
    )


def signature_of(
    kind: str, lemma: str, link: str, particles: frozenset[str] = frozenset()
) -> Signature | None:
    """Return the signature of a governing word for a link, or None.

    Args:
        kind: "verb", "noun" or "adjective".
        lemma: of the governing word, in lower case.
        link: "infinitive", "gerund", "clause", "object", "subject", "that" or a preposition.
        particles: the particles that stand with the verb; a signature with particles needs one of its own.
    """
    index = {"verb": factuality().verbs, "noun": factuality().nouns, "adjective": factuality().adjectives}[
        kind
    ]
    plain = None
    for signature in index.get(lemma, ()):
        if link not in signature.governs:
            continue
        if signature.particles:
            if signature.particles & particles:
                return signature
        elif plain is None:
            plain = signature
    return plain
