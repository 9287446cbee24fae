"""The words that name processes and the words that govern them, read from `data/lexicons/`."""

from __future__ import annotations

import functools
import importlib.resources
from typing import Any, Literal

import msgspec
import yaml

from dragoman.errors import ConfigError
from dragoman.language.inflection import word_forms
from dragoman.model import Commitment, ParticipantRole  # noqa: TC001 (msgspec reads the annotations)

Need = Literal["plural", "modified", "named", "no_body"]


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence, and the process that it must give."""

    text: str
    status: str
    kind: str | None = None


class Kind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of process; `also` names kinds whose plain noun may refer back to one of this kind."""

    definition: str
    also: tuple[str, ...] = ()
    course: bool = True


class Noun(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Nouns that name a process of one kind, and when they do."""

    words: tuple[str, ...]
    kind: str
    example: Example
    needs: tuple[Need, ...] = ()
    modifiers: tuple[str, ...] = ()
    not_modifiers: tuple[str, ...] = ()
    unless_object_of: tuple[str, ...] = ()
    unless_before: tuple[str, ...] = ()
    governed_by: tuple[str, ...] = ()
    common: bool = False


class Generic(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Nouns that only refer back, to a process of one of the kinds."""

    words: tuple[str, ...]
    kinds: tuple[str, ...]


class Verb(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Verbs that name a process by themselves."""

    words: tuple[str, ...]
    kind: str
    example: Example
    object: tuple[str, ...] = ()
    with_party: bool = False
    with_place: bool = False


class CastAs(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The part that a party plays, and how far it is bound."""

    role: Literal["holder"] | ParticipantRole
    commitment: Commitment | Literal["course"] = "unknown"


class Cue(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"place": "as"}):
    """A governing word: what it says about a process that stands at one of its places."""

    words: tuple[str, ...]
    pos: Literal["verb", "noun", "adjective", "preposition"]
    place: tuple[str, ...]
    example: Example
    status: str | None = None
    past: str | None = None
    participle: str | None = None
    negated: str | None = None
    weak: bool = False
    pronoun: bool = False
    elliptical: bool = False
    anaphoric: bool = False
    not_kinds: tuple[str, ...] = ()
    not_of_proposals: bool = False
    roles: dict[str, CastAs] = {}
    negated_roles: dict[str, CastAs] = {}
    support: tuple[str, ...] = ()
    support_role: CastAs | None = None


class UnknownField(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A field of a process, the question words that ask for it and the nouns that name it."""

    wh: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()


class Unknowing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a text says that something is not known."""

    fields: dict[str, UnknownField]
    telling: tuple[str, ...]
    settling: tuple[str, ...]
    uncertain: tuple[str, ...]
    settled: tuple[str, ...]
    alone: tuple[str, ...]


class Qualifiers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words before a process noun: which ones tell processes apart, which only refer."""

    telling: tuple[str, ...]
    exclusive: tuple[tuple[str, ...], ...]
    distinct_heads: tuple[tuple[str, ...], ...]
    fresh: tuple[str, ...]
    nameless: tuple[str, ...]
    containers: tuple[str, ...]
    transparent: tuple[str, ...]
    hedges: tuple[str, ...]
    background: tuple[str, ...]
    discussing: tuple[str, ...]
    purposes: tuple[str, ...]
    agendas: tuple[str, ...]
    clubs: tuple[str, ...]
    collectives: tuple[str, ...]
    formats: tuple[str, ...]
    moving: tuple[str, ...]


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    kinds: dict[str, Kind]
    nouns: tuple[Noun, ...]
    generic: tuple[Generic, ...]
    verbs: tuple[Verb, ...]
    qualifiers: Qualifiers


class _Cues(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    ladder: tuple[str, ...]
    ends: tuple[str, ...]
    expecting: tuple[str, ...]
    aiming: tuple[str, ...]
    obliging: tuple[str, ...]
    naming: tuple[str, ...]
    held_by_host: tuple[str, ...]
    cues: tuple[Cue, ...]
    unknowing: Unknowing


class Lexicon:
    """Both word lists, indexed."""

    def __init__(self, words: _Words, cues: _Cues) -> None:
        self.kinds = words.kinds
        self.nouns = words.nouns
        self.verbs = words.verbs
        self.generic = words.generic
        self.qualifiers = words.qualifiers
        self.ladder = cues.ladder
        self.ends = cues.ends
        self.expecting = frozenset(cues.expecting)
        self.aiming = frozenset(cues.aiming)
        self.naming = frozenset(cues.naming)
        self.obliging = frozenset(cues.obliging)
        self.held_by_host = frozenset(cues.held_by_host)
        self.cues = cues.cues
        self.unknowing = cues.unknowing
        fields = cues.unknowing.fields
        self.asking_words = {word: name for name, entry in fields.items() for word in entry.wh}
        self.field_nouns = {word: name for name, entry in fields.items() for word in entry.nouns}
        self._nouns = {w: n for n in words.nouns for w in n.words}
        self._verbs: dict[str, list[Verb]] = {}
        for verb in words.verbs:
            for word in verb.words:
                self._verbs.setdefault(word, []).append(verb)
        self._generic = {w: g for g in words.generic for w in g.words}
        self._cues: dict[tuple[str, str], list[Cue]] = {}
        for cue in cues.cues:
            for word in cue.words:
                self._cues.setdefault((cue.pos, word), []).append(cue)

    def noun(self, lemma: str) -> Noun | None:
        """Return the entry of a process noun."""
        return self._nouns.get(lemma)

    def generic_noun(self, lemma: str) -> Generic | None:
        """Return the entry of a noun that only refers back."""
        return self._generic.get(lemma)

    def verbs_of(self, lemma: str) -> list[Verb]:
        """Return the entries of a process verb."""
        return self._verbs.get(lemma, [])

    def cues_of(self, pos: str, words: str) -> list[Cue]:
        """Return the entries of a governing word ("call off" with its particle)."""
        return self._cues.get((pos, words), [])

    def rank(self, status: str) -> int:
        """Return how far up the ladder a status is; ends count as -1."""
        return self.ladder.index(status) if status in self.ladder else -1

    def sufficient_forms(self) -> frozenset[str]:
        """Return the forms of the nouns that name a process by themselves, or what is open in one."""
        nouns = {w for n in self.nouns if not n.needs and not n.governed_by and not n.common for w in n.words}
        return frozenset(form for word in nouns for form in word_forms(word)) | set(self.unknowing.alone)

    def trigger_forms(self) -> frozenset[str]:
        """Return every form in which a word that names a process may stand."""
        # Nouns that need a governing word are found where that word is; "event" and its like only refer back.
        nouns = {w for n in self.nouns if not n.governed_by for w in n.words}
        verbs = {w for v in self.verbs for w in v.words}
        return frozenset(form for word in nouns | verbs for form in word_forms(word))


@functools.cache
def lexicon() -> Lexicon:
    """Return the lexicon of the package. Raises `ConfigError` when a file does not have the right form."""
    return Lexicon(_read("processes.yaml", _Words), _read("process_cues.yaml", _Cues))


def _read(name: str, form: type[Any]) -> Any:
    path = importlib.resources.files("dragoman") / "data" / "lexicons" / name
    try:
        return msgspec.convert(yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader), form)
    except (msgspec.ValidationError, yaml.YAMLError) as error:
        raise ConfigError(str(error), where=f"data/lexicons/{name}") from error
