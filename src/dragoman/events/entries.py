"""The parts of a codebook: event types, modes, contexts, frames and their examples, as typed records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from dragoman.model import Status  # noqa: TC001 (msgspec reads the annotations)

if TYPE_CHECKING:
    from collections.abc import Iterator


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of all parts of a codebook: frozen, unknown keys are refused."""


class ExampleEvent(Part, frozen=True):
    """What an example sentence must be coded as; fields left out are not compared."""

    type: str | None = None
    mode: str | None = None
    actors: tuple[str, ...] | None = None
    recipients: tuple[str, ...] | None = None
    status: str | None = None
    content_status: str | None = None
    reciprocal: bool | None = None


class Example(Part, frozen=True):
    """A sentence of our own and the events that it holds."""

    text: str
    events: tuple[ExampleEvent, ...]


class Trigger(Part, frozen=True):
    """The words of a frame: one of `verb`, `noun`, `adjective` is the head, the rest are conditions.

    Words are lemmas; `$name` stands for a word list of the codebook, `*` for any word, `+name` for a proper
    name or pronoun. `future`: the clause that completes the verb is about the future.
    `demanding`: that clause says what ought to be ("that Chad withdraw", "should withdraw"), not what is so.
    `scene`: words of which one must stand in the sentence ("bomb", for people who died); `not_scene`: words that may
    stand nowhere in it ("goalkeeper" for an attack).
    `patterns`: words in order around the head, one of which must stand there (see `events.word_order`).
    """

    verb: tuple[str, ...] = ()
    noun: tuple[str, ...] = ()
    adjective: tuple[str, ...] = ()
    particle: tuple[str, ...] = ()
    not_particle: tuple[str, ...] = ()
    object: tuple[str, ...] = ()
    not_object: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    not_subject: tuple[str, ...] = ()
    modifier: tuple[str, ...] = ()
    not_modifier: tuple[str, ...] = ()
    prep: dict[str, tuple[str, ...] | str] = {}
    not_prep: dict[str, tuple[str, ...] | str] = {}
    complement: dict[
        Literal["infinitive", "clause", "gerund", "noun", "adjective"], tuple[str, ...] | str
    ] = {}
    not_complement: dict[Literal["infinitive", "clause", "gerund"], tuple[str, ...] | str] = {}
    scene: tuple[str, ...] = ()
    not_scene: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    demanding: bool = False
    negated: bool | None = None
    passive: bool | None = None
    future: bool | None = None

    @property
    def heads(self) -> tuple[str, ...]:
        """The lemmas one of which heads the trigger."""
        return self.verb or self.noun or self.adjective


class Answer(Part, frozen=True):
    """The event that the other side does in the same act: who is visited receives."""

    type: str
    mode: str | None = None
    cameo: str | None = None


class Frame(Part, frozen=True):
    """What a sentence looks like when an event of this type is told.

    Roles list places in order; the first that an actor fills wins (see `events.places`). `alone`: a reciprocal event
    counts although only one party is named; `weak`: only where no other frame fits; `besides`: told besides what
    another frame reads in the same words. `towns`: a capital may stand for the state as the recipient, where nobody
    else does ("flew to Cairo"). `unnamed`: parties known only by their kind are enough ("the blast killed five
    people"). `acting`: sectors or kinds of entities of which the actor must be ("Putin travelled to China" is a visit
    of state, a singer's tour is not). `of_others`: the actor's own state is no recipient. `answer`: what the
    recipient does to the actor in the same act. `yields: nothing` says that these words tell no event, whatever else
    fits.
    """

    id: str
    trigger: Trigger
    actor: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    content: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    reciprocal: bool | None = None
    cameo: str | None = None
    score: float = 0.7
    requires: tuple[Literal["actor", "recipient", "content"], ...] = ()
    recipient_required: bool = False
    weak: bool = False
    alone: bool = False
    besides: bool = False
    towns: bool = False
    unnamed: bool = False
    acting: tuple[str, ...] = ()
    of_others: bool = False
    yields: Literal["event", "topic", "nothing"] = "event"
    answer: Answer | None = None
    examples: tuple[Example, ...] = ()


class Mode(Part, frozen=True):
    """How an event of a type is done; `cues` are words near the trigger that say so."""

    definition: str
    intensity: float | None = None
    cameo: str | None = None
    cues: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()


class Boundary(Part, frozen=True):
    """A rule against a neighbouring type."""

    unless: str
    then: str


class RelatedWords(Part, frozen=True):
    """Lemmas that speak for a type where two parties are already marked, but code no event by themselves.

    A verb may be written with its particle ("round up").
    """

    verb: tuple[str, ...] = ()
    noun: tuple[str, ...] = ()
    adjective: tuple[str, ...] = ()


class ContentStatus(Part, frozen=True):
    """The status of what an act of speech is about: `default`, and by the words of the act where these differ.

    Without a default it is read off the content's own words.
    """

    default: Status | None = None
    by_word: dict[Status, tuple[str, ...]] = {}


class EventType(Part, frozen=True):
    """One event type: definition, boundaries, modes and frames.

    `when_planned`, `when_hypothetical`, `when_refused` name the type that an event of this one is when it
    is announced, only supposed, or said not to be going to happen by its own actor ("will not release").
    Where two parties are marked, `when_vowed` is the type of a hostile act that is only to come, and
    `when_alleged` and `when_urged` are those of one that a party says the other did, or should do.
    `content_status`: for acts of speech, the status of what is agreed, asked or threatened.
    `located`: where the clause names its place, parties known only by their kind are enough ("gunmen").
    `acting_by_kind`: sectors whose members do such things for a power that need not be named ("the army shelled");
    `towards_kind`: those to whom it is done so by anybody ("residents accused the army"); `between_kinds`: those who
    do it with each other ("the president met the rebels").
    `towns_at`: where a town or region may stand for whom it is done to ("sent tents to Aleppo", "withdrew from Basra").
    `never_with`: sectors of those with whom no such event takes place ("spoke to the newspaper" is no talk).
    `purpose_is_content`: what the act is to bring about ("marched to demand ...") is no event of its own.
    """

    type: str
    definition: str
    quad: int | str | None = None
    intensity: float | None = None
    cameo: str | None = None
    boundaries: tuple[Boundary, ...] = ()
    speech_act: bool = False
    content_status: ContentStatus = ContentStatus()
    reciprocal: bool = False
    recipient: Literal["required", "optional"] = "optional"
    located: bool = False
    acting_by_kind: tuple[str, ...] = ()
    towards_kind: tuple[str, ...] = ()
    between_kinds: tuple[str, ...] = ()
    towns_at: tuple[str, ...] = ()
    never_with: tuple[str, ...] = ()
    purpose_is_content: bool = False
    when_planned: str | None = None
    when_hypothetical: str | None = None
    when_refused: str | None = None
    when_vowed: str | None = None
    when_alleged: str | None = None
    when_urged: str | None = None
    modes: dict[str, Mode] = {}
    frames: tuple[Frame, ...] = ()
    related_words: RelatedWords = RelatedWords()
    examples: tuple[Example, ...] = ()


class Context(Part, frozen=True):
    """What an event is about; `cues` are words or phrases of the sentence that say so."""

    definition: str
    cues: tuple[str, ...] = ()


class Discards(Part, frozen=True):
    """Phrases that stop the coding of the sentence, or of the whole article, that they stand in."""

    sentence: tuple[str, ...] = ()
    article: tuple[str, ...] = ()


class MarkedAct(Part, frozen=True):
    """The type and mode under which an act of one CAMEO code is answered where two parties are marked."""

    type: str
    mode: str | None = None


class CodebookFile(Part, frozen=True):
    """The file codebook.yaml.

    `quads` are classes of types, under numbers or names, and may be left out. In `cooperative_quads` the state
    that an actor stands for is no recipient: "the senator invested in America's future". `classifier` names the
    sentence encoder below `data/models` that knows the types. `marked_acts`: by CAMEO code, where `relate` goes by
    another boundary than the types' own.
    """

    name: str
    version: str
    source: str = ""
    quads: dict[int | str, str] = {}
    cooperative_quads: tuple[int | str, ...] = ()
    sectors: dict[str, str] = {}
    international: dict[str, str] = {}
    contexts: dict[str, Context] = {}
    words: dict[str, tuple[str, ...]] = {}
    discards: Discards = Discards()
    classifier: str | None = None
    marked_acts: dict[str, MarkedAct] = {}


class Codebook(Part, frozen=True):
    """A whole codebook, its word lists already put in place of `$name`."""

    name: str
    version: str
    source: str
    fingerprint: str
    quads: dict[int | str, str]
    cooperative_quads: tuple[int | str, ...]
    sectors: dict[str, str]
    international: dict[str, str]
    contexts: dict[str, Context]
    words: dict[str, tuple[str, ...]]
    types: dict[str, EventType]
    discards: Discards = Discards()
    classifier: str | None = None
    marked_acts: dict[str, MarkedAct] = {}

    def frames(self) -> Iterator[tuple[EventType, Frame]]:
        """Yield every frame with its type, in the order of the files."""
        for event_type in self.types.values():
            for frame in event_type.frames:
                yield event_type, frame

    def __hash__(self) -> int:
        return hash(self.fingerprint)
