"""The document record: what dragoman says about one article, and nothing but that.

Every offset is a count of Unicode code points into `Document.text`, half-open `[start, end)`.
Records are frozen; building a `Document` checks its invariants.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from dragoman.errors import RecordError
from dragoman.invariants import check

SegmentKind = Literal["body", "headline", "caption", "byline", "dateline", "agency", "boilerplate"]
EntityKind = Literal[
    "state", "person", "organization", "igo", "ngo", "armed_group", "people", "place", "other"
]
MentionForm = Literal["name", "nominal", "pronoun", "metonym"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
AttributionKind = Literal["direct", "indirect", "mixed"]
Stance = Literal["asserts", "denies", "questions", "silent"]
Status = Literal[
    "occurred", "ongoing", "planned", "proposed", "possible", "conditional", "denied", "hypothetical"
]
ParticipantRole = Literal["proposer", "host", "invitee", "participant", "mediator"]
Commitment = Literal["agreed", "open", "declined", "unknown"]
Basis = Literal["stated", "inferred", "metadata", "absent"]


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of all parts of the record: frozen, and unknown JSON fields are refused."""


class Article(Record, frozen=True, forbid_unknown_fields=False):
    """One news article as it was read.

    `date` is the publication date (`YYYY-MM-DD`), what relative dates are read against; `origin` says
    where the article came from (`file.jsonl:7`), for messages; `warnings` says what was odd in the input.
    """

    id: str
    text: str
    date: str | None = None
    source: str | None = None
    title: str | None = None
    url: str | None = None
    language: str | None = None
    origin: str | None = None
    warnings: tuple[str, ...] = ()


class Span(Record, frozen=True):
    """A stretch of the text."""

    start: int
    end: int


class Segment(Record, frozen=True):
    """A part of the text by its function; events come from `headline` and `body` only."""

    kind: SegmentKind
    start: int
    end: int


class Mention(Record, frozen=True):
    """A place in the text where an entity is named or referred to."""

    start: int
    end: int
    form: MentionForm


class Office(Record, frozen=True):
    """An office held on the article's date; `country` is ISO 3166-1 alpha-3."""

    title: str
    organization: str | None = None
    country: str | None = None


class Entity(Record, frozen=True):
    """A person, state, organization, group or place of the article, resolved as of its date."""

    id: str
    name: str
    kind: EntityKind
    country: str | None = None
    sectors: tuple[str, ...] = ()
    office: Office | None = None
    members: tuple[str, ...] | None = None
    ids: dict[str, str] = {}
    mentions: tuple[Mention, ...] = ()


class Timex(Record, frozen=True):
    """A time expression; `type` and `value` as in TIMEX3 (ISO-TimeML), bounds as ISO dates."""

    start: int
    end: int
    type: TimexType
    value: str
    earliest: str | None = None
    latest: str | None = None


class Source(Record, frozen=True):
    """The words that name who speaks, and the entity they stand for."""

    start: int
    end: int
    entity: str | None = None


class Attribution(Record, frozen=True):
    """Who says what: source, cue and content. `source` is null where the text names none."""

    id: str
    source: Source | None
    cue: Span | None
    content: Span
    kind: AttributionKind
    stance: Stance
    parent: str | None = None
    medium: Span | None = None


class Party(Record, frozen=True):
    """An actor or recipient of an event, on the words that mention it in the event's sentence."""

    entity: str
    start: int
    end: int
    name: str
    country: str | None = None
    sectors: tuple[str, ...] = ()


class EventTime(Record, frozen=True, rename={"from_": "from"}):
    """When an event took or takes place; `from` is an index into `times`, or `publication`."""

    value: str | None
    earliest: str | None
    latest: str | None
    from_: int | Literal["publication"]


class Place(Record, frozen=True):
    """Where; `start`/`end` are the words, coordinates are decimal degrees."""

    name: str
    country: str | None
    lat: float | None
    lon: float | None
    geonames: str | None
    start: int
    end: int


class Topic(Record, frozen=True):
    """What was talked about; `raised_by` lists entities when only some of the parties raised it."""

    start: int
    end: int
    raised_by: tuple[str, ...] = ()
    attribution: str | None = None


class Reason(Record, frozen=True):
    """How one field was decided: on what basis, by which rule, on which words."""

    basis: Basis
    rule: str
    evidence: tuple[Span, ...] = ()


class Why(Record, frozen=True):
    """What decided the coding: the codebook entry or model, its score, and the reason of each field."""

    decided_by: Literal["frame", "model"]
    entry: str
    score: float
    fields: dict[str, Reason] = {}


class Event(Record, frozen=True):
    """Who did what to whom, as one article reports it."""

    id: str
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    status: Status
    content_status: Status | None
    historical: bool
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    reciprocal: bool
    trigger: Span
    sentence: int
    time: EventTime | None
    place: Place | None
    attribution: str | None
    intensity: float | None
    cameo: str | None
    confidence: float
    why: Why
    duplicates: tuple[str, ...] = ()
    topics: tuple[Topic, ...] = ()
    medium: Span | None = None


class Undertaking(Record, frozen=True):
    """One statement of a party's role and commitment; `background` when it tells what was so before."""

    start: int
    end: int
    role: ParticipantRole
    commitment: Commitment
    attribution: str | None = None
    background: bool = False


class Participant(Record, frozen=True):
    """A party of a process; `evidence` holds the words that give role, commitment or interest.

    `statements` holds every statement in text order; role and commitment sum them up.
    """

    entity: str
    role: ParticipantRole
    commitment: Commitment
    evidence: tuple[Span, ...] = ()
    statements: tuple[Undertaking, ...] = ()


class Purpose(Record, frozen=True):
    """What a process is for, in whose words."""

    start: int
    end: int
    attribution: str | None = None


class Unknown(Record, frozen=True):
    """A field of a process that the text itself says is not known, and the words that say so."""

    field: str
    start: int
    end: int
    attribution: str | None = None


class Timing(Record, frozen=True):
    """One statement about when a process takes place: bounds, status, and who states it."""

    start: int
    end: int
    value: str | None
    earliest: str | None
    latest: str | None
    status: Status
    attribution: str | None = None


class Stage(Record, frozen=True):
    """One statement of how far a process has come, as far as its own words say.

    `background` when it tells an earlier state; `weak` when it speaks of a party and only implies it.
    """

    start: int
    end: int
    status: str
    attribution: str | None = None
    background: bool = False
    weak: bool = False


class Site(Record, frozen=True):
    """One statement of where a process takes place: the place, status, and who states it."""

    start: int
    end: int
    name: str
    country: str | None
    geonames: str | None
    status: Status
    attribution: str | None = None


class Process(Record, frozen=True):
    """A summit, negotiation, visit, vote, exercise: of which each article tells a part."""

    id: str
    kind: str
    name: str
    status: str
    participants: tuple[Participant, ...]
    time: EventTime | None
    place: Place | None
    purpose: Purpose | None
    unknowns: tuple[Unknown, ...]
    events: tuple[str, ...]
    evidence: tuple[Span, ...]
    timings: tuple[Timing, ...] = ()
    topics: tuple[Topic, ...] = ()
    outcome: Purpose | None = None
    stages: tuple[Stage, ...] = ()
    sites: tuple[Site, ...] = ()


class CoderInfo(Record, frozen=True):
    """Enough to code the same text again and get the same bytes."""

    version: str
    codebook: str
    models: dict[str, str]


class Document(Record, frozen=True):
    """The whole record of one article. Raises `RecordError` when an invariant does not hold."""

    id: str
    date: str | None
    source: str | None
    title: str | None
    url: str | None
    language: str | None
    text: str
    segments: tuple[Segment, ...]
    sentences: tuple[Span, ...]
    entities: tuple[Entity, ...]
    times: tuple[Timex, ...]
    attributions: tuple[Attribution, ...]
    events: tuple[Event, ...]
    processes: tuple[Process, ...]
    coder: CoderInfo
    warnings: tuple[str, ...]

    def __post_init__(self) -> None:
        check(self)

    def to_json(self) -> bytes:
        """Return the record as one line of JSON (UTF-8, no newline), with the contract's names."""
        return msgspec.json.encode(self)

    @classmethod
    def from_json(cls, data: bytes | str) -> Document:
        """Read a record back from JSON; raises `RecordError` on anything that is not one."""
        try:
            return msgspec.json.decode(data, type=cls)
        except msgspec.ValidationError as error:
            raise RecordError(str(error), advice="see `dragoman schema`") from error
        except msgspec.DecodeError as error:
            raise RecordError(f"not valid JSON: {error}") from error

    def to_dict(self) -> dict[str, Any]:
        """Return the record as plain dicts and lists, with the contract's names."""
        # By way of JSON: lists and not tuples, the very names and values that a file would hold.
        built: dict[str, Any] = msgspec.json.decode(self.to_json())
        return built

    def words(self, span: Span | Mention | Party | Source | Timex | Segment) -> str:
        """Return the words of the text under a span."""
        return self.text[span.start : span.end]

    def to_frame(self, library: Literal["pandas", "polars"] = "pandas") -> Any:
        """Return one row an event as a pandas or polars data frame (imported only now)."""
        from dragoman.exporting.frame import frame

        return frame([self], library)

    def _repr_html_(self) -> str:
        from dragoman.exporting.notebook import page

        shown: str = page(self)
        return shown


def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the document record."""
    return msgspec.json.schema(Document)
