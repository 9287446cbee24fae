"""The draft: what the steps fill in, layer by layer, before it becomes a frozen record.

A draft and the parse it holds never leave the process that made them.
"""

from __future__ import annotations

import bisect
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from dragoman import model
    from dragoman.syntax import Parse, Token


@dataclass(slots=True, eq=False)
class Sentence:
    """A sentence of the text. `parse` holds the tokens of exactly its words, or None when not parsed."""

    index: int
    start: int
    end: int
    text: str
    segment: model.SegmentKind
    paragraph: int
    parse: Parse | None = None

    def start_of(self, token: Token) -> int:
        """Return the offset in the article's text at which a token of this parse starts."""
        return self.start + token.idx

    def end_of(self, token: Token) -> int:
        """Return the offset in the article's text at which a token of this parse ends."""
        return self.start + token.idx + len(token.text)

    def tokens_in(self, start: int, end: int) -> list[Token]:
        """Return the parse's tokens that overlap article offsets [start, end)."""
        if self.parse is None:
            return []
        return [t for t in self.parse if self.start_of(t) < end and self.end_of(t) > start]


@dataclass(slots=True, eq=False)
class DraftMention:
    """A mention of an entity; `sentence` is None outside any sentence."""

    start: int
    end: int
    form: model.MentionForm
    entity: DraftEntity
    sentence: Sentence | None = None
    rule: str = ""


@dataclass(slots=True, eq=False)
class DraftEntity:
    """An entity under construction. `members` holds entities, or ISO3 codes where none is mentioned."""

    name: str
    kind: model.EntityKind
    country: str | None = None
    sectors: tuple[str, ...] = ()
    office: model.Office | None = None
    members: list[DraftEntity | str] | None = None
    ids: dict[str, str] = field(default_factory=dict)
    mentions: list[DraftMention] = field(default_factory=list)
    gender: Literal["male", "female"] | None = None
    plural: bool = False
    confidence: float = 1.0
    id: str = ""


@dataclass(slots=True, eq=False)
class DraftAttribution:
    """Who says what, under construction.

    `content` is the outermost span of the content. `cue_token` is the governing word when parsed.
    """

    sentence: Sentence
    content: tuple[int, int]
    kind: model.AttributionKind
    stance: model.Stance
    source: tuple[int, int] | None = None
    source_entity: DraftEntity | None = None
    cue: tuple[int, int] | None = None
    cue_token: Token | None = None
    parent: DraftAttribution | None = None
    medium: tuple[int, int] | None = None
    rule: str = ""
    id: str = ""


@dataclass(slots=True, eq=False)
class DraftEvent:
    """An event under construction.

    `token` is the syntactic head of the trigger; `content_token` heads what an act of speech is about
    (the infinitive, clause or noun that is agreed, asked, threatened).
    """

    sentence: Sentence
    token: Token
    trigger: tuple[int, int]
    type: str
    entry: str
    score: float
    mode: str | None = None
    contexts: list[str] = field(default_factory=list)
    actors: list[DraftMention] = field(default_factory=list)
    recipients: list[DraftMention] = field(default_factory=list)
    reciprocal: bool = False
    content_token: Token | None = None
    speech_act: bool = False
    status: model.Status = "occurred"
    content_status: model.Status | None = None
    historical: bool = False
    intensity: float | None = None
    cameo: str | None = None
    attribution: DraftAttribution | None = None
    time: model.EventTime | None = None
    place: model.Place | None = None
    topics: list[DraftTopic] = field(default_factory=list)
    medium: tuple[int, int] | None = None
    duplicates: list[DraftEvent] = field(default_factory=list)
    confidence: float = 0.5
    reasons: dict[str, model.Reason] = field(default_factory=dict)
    decided_by: Literal["frame", "model"] = "frame"
    id: str = ""


@dataclass(slots=True, eq=False)
class DraftTopic:
    """What was talked about in an event or is to be talked about in a process."""

    start: int
    end: int
    raised_by: list[DraftEntity] = field(default_factory=list)
    attribution: DraftAttribution | None = None


@dataclass(slots=True, eq=False)
class DraftUndertaking:
    """One statement of a party's role and commitment."""

    start: int
    end: int
    role: model.ParticipantRole
    commitment: model.Commitment
    attribution: DraftAttribution | None = None
    background: bool = False


@dataclass(slots=True, eq=False)
class DraftParticipant:
    """A party of a process."""

    entity: DraftEntity
    role: model.ParticipantRole = "participant"
    commitment: model.Commitment = "unknown"
    evidence: list[tuple[int, int]] = field(default_factory=list)
    statements: list[DraftUndertaking] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class DraftClaim:
    """A span with who says it: a purpose, an outcome, an unknown (then `field` names what is unknown)."""

    start: int
    end: int
    attribution: DraftAttribution | None = None
    field: str = ""


@dataclass(slots=True, eq=False)
class DraftTiming:
    """A statement about when a process takes place."""

    start: int
    end: int
    value: str | None
    earliest: str | None
    latest: str | None
    status: model.Status
    attribution: DraftAttribution | None = None


@dataclass(slots=True, eq=False)
class DraftStage:
    """A statement of how far a process has come."""

    start: int
    end: int
    status: str
    attribution: DraftAttribution | None = None
    background: bool = False
    weak: bool = False


@dataclass(slots=True, eq=False)
class DraftSite:
    """A statement about where a process takes place."""

    start: int
    end: int
    place: model.Place
    status: model.Status
    attribution: DraftAttribution | None = None


@dataclass(slots=True, eq=False)
class DraftProcess:
    """A process under construction."""

    kind: str
    name: str
    status: str
    participants: list[DraftParticipant] = field(default_factory=list)
    time: model.EventTime | None = None
    place: model.Place | None = None
    purpose: DraftClaim | None = None
    outcome: DraftClaim | None = None
    unknowns: list[DraftClaim] = field(default_factory=list)
    timings: list[DraftTiming] = field(default_factory=list)
    topics: list[DraftTopic] = field(default_factory=list)
    stages: list[DraftStage] = field(default_factory=list)
    sites: list[DraftSite] = field(default_factory=list)
    events: list[DraftEvent] = field(default_factory=list)
    evidence: list[tuple[int, int]] = field(default_factory=list)
    id: str = ""


@dataclass(slots=True, eq=False)
class Draft:
    """One article on its way through the steps."""

    article: model.Article
    segments: list[model.Segment] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    entities: list[DraftEntity] = field(default_factory=list)
    mentions: list[DraftMention] = field(default_factory=list)
    times: list[model.Timex] = field(default_factory=list)
    attributions: list[DraftAttribution] = field(default_factory=list)
    events: list[DraftEvent] = field(default_factory=list)
    processes: list[DraftProcess] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    names: list[NameHit] = field(default_factory=list)
    _index: dict[int, list[DraftMention]] = field(default_factory=dict, repr=False)
    _indexed: int = field(default=-1, repr=False)

    @property
    def text(self) -> str:
        """The article's text, untouched."""
        return self.article.text

    def mention_at(self, sentence: Sentence, token: Token) -> DraftMention | None:
        """Return the shortest mention of this sentence that covers a token, or None."""
        start, end = sentence.start_of(token), sentence.end_of(token)
        covering = [m for m in self.mentions_in(sentence) if m.start <= start and end <= m.end]
        return min(covering, key=lambda m: (m.end - m.start, m.start), default=None)

    def mentions_in(self, sentence: Sentence) -> list[DraftMention]:
        """Return the mentions that begin in a sentence, in text order."""
        if self._indexed != len(self.mentions):
            self._index = {}
            for mention in self.mentions:
                home = mention.sentence or self.sentence_at(mention.start)
                if home is not None:
                    self._index.setdefault(home.index, []).append(mention)
            self._indexed = len(self.mentions)
        return self._index.get(sentence.index, [])

    def sentence_at(self, offset: int) -> Sentence | None:
        """Return the sentence that holds an offset, or None."""
        at = bisect.bisect_right(self.sentences, offset, key=_start) - 1
        if at >= 0 and offset < self.sentences[at].end:
            return self.sentences[at]
        return None


def _start(sentence: Sentence) -> int:
    return sentence.start


@dataclass(slots=True, frozen=True)
class NameHit:
    """A name of the gazetteer found in the raw text; `key` is the gazetteer's own key for it."""

    start: int
    end: int
    key: int


class Step(Protocol):
    """One layer. Reads earlier layers of the draft and fills its own.

    `needs` and `gives` name draft fields; the order of steps is checked before any text is read.
    """

    @property
    def needs(self) -> tuple[str, ...]:
        """The fields that earlier steps must have given."""
        ...

    @property
    def gives(self) -> tuple[str, ...]:
        """The fields that this step gives."""
        ...

    def __call__(self, draft: Draft) -> None:
        """Fill this step's layer of the draft."""
        ...
