"""The parts of a dossier and of a claim matrix: frozen structs, and nothing but fields.

Everything that a dossier says rests on `Quote`s: the sentence of an article, and who says so.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from dragoman.exporting.wording import dates

Move = Literal["first", "up", "stopped", "resumed"]
Standing = Literal["current", "refined", "superseded", "passed"]


class Part(msgspec.Struct, frozen=True, omit_defaults=False):
    """Base of the parts."""


class Quote(Part, frozen=True):
    """A sentence of an article, the words in it that matter, and who says so.

    `start` and `end` are those of the words in the article's text, `sentence_start` that of the sentence.
    `speaker` is null where the article says it itself; then `source`, the publisher, answers for it.
    """

    article: str
    date: str
    source: str | None
    title: str | None
    sentence: str
    sentence_start: int
    start: int
    end: int
    speaker: str | None
    speaker_key: str | None
    speaker_country: str | None

    @property
    def claimant(self) -> str:
        """Who answers for it: the speaker, or the publisher, or the article by its id."""
        return self.speaker or self.source or self.article

    @property
    def claimant_key(self) -> str:
        """A key of who answers for it, the same wherever the same one speaks."""
        if self.speaker is not None:
            return self.speaker_key or f"words:{self.speaker.casefold()}"
        return f"outlet:{(self.source or self.article).casefold()}"


class Claim(Part, frozen=True):
    """One statement on one proposition.

    `proposition`: `course`, `date`, `place`, `format`, `purpose`, `topic`, `attends:KEY`, `happened`, or
    `event:...` for what else is told. `value` is what is said of it, `earliest`/`latest` the bounds of a date,
    `country` and `geonames` those of a place; `firm` when it is said to be so, not only wished or possible;
    `denied` when the speaker denies it, `unknown` when what is said is that it is not known or not settled.
    """

    proposition: str
    label: str
    value: str
    date: str
    quote: Quote
    firm: bool = True
    denied: bool = False
    unknown: bool = False
    background: bool = False
    earliest: str | None = None
    latest: str | None = None
    country: str | None = None
    geonames: str | None = None
    role: str | None = None

    @property
    def words(self) -> str:
        """What is said in a few words: "not virtual", "open (proposer)", "occurred, 2020-06"."""
        said = f"not {self.value}" if self.denied and self.value != "denied" else self.value
        if self.role not in (None, "participant"):
            return f"{said} ({self.role})"
        if not self.proposition.startswith("event:"):
            return said
        when = dates(None, self.earliest, self.latest)
        return f"{said}, {when}" if when else said


class Contradiction(Part, frozen=True):
    """Two statements that cannot both be true, and why; `settled` from when one of them no longer stands."""

    proposition: str
    label: str
    first: Claim
    second: Claim
    reason: str
    settled: str | None = None


class Matrix(Part, frozen=True):
    """Speakers by propositions by dates: the claims in order of date, and which contradict each other."""

    claims: tuple[Claim, ...]
    contradictions: tuple[Contradiction, ...]

    @property
    def speakers(self) -> tuple[tuple[str, str], ...]:
        """Key and name of everybody who says something, in order of first statement."""
        found: dict[str, str] = {}
        for claim in self.claims:
            found.setdefault(claim.quote.claimant_key, claim.quote.claimant)
        return tuple(found.items())

    @property
    def propositions(self) -> tuple[tuple[str, str], ...]:
        """Each proposition with its label, in order of first statement."""
        found: dict[str, str] = {}
        for claim in self.claims:
            found.setdefault(claim.proposition, claim.label)
        return tuple(found.items())

    def cell(self, speaker: str, proposition: str) -> tuple[Claim, ...]:
        """Return what a speaker (by key) says of a proposition, by date."""
        return tuple(
            c for c in self.claims if c.proposition == proposition and c.quote.claimant_key == speaker
        )

    def is_contradicted(self, claim: Claim) -> bool:
        """Tell whether a claim is one side of a contradiction."""
        return any(claim in (c.first, c.second) for c in self.contradictions)


class Rung(Part, frozen=True):
    """A step on the status ladder: when it was reported, how far it leads, and the sentence behind it."""

    date: str
    status: str
    move: Move
    quote: Quote


class Change(Part, frozen=True):
    """What a party's role and commitment became, when, and the sentence that says so."""

    date: str
    role: str
    commitment: str
    quote: Quote


class About(Part, frozen=True):
    """A purpose, topic or interest in the words of the articles."""

    words: str
    quotes: tuple[Quote, ...]


class Delegate(Part, frozen=True):
    """A person who acts for a party, with the office held on the day of the article, as far as known."""

    name: str
    office: str | None

    def __str__(self) -> str:
        """Return office and name: "President Xi Jinping"."""
        return f"{self.office} {self.name}" if self.office else self.name


class DossierParty(Part, frozen=True):
    """A party: role and commitment as of the day, since when, the sentence, and how it came to that.

    `interests` are what the articles call it for the party ("a key priority for ...").
    """

    key: str
    name: str
    country: str | None
    role: str
    commitment: str
    since: str
    quote: Quote
    delegates: tuple[Delegate, ...] = ()
    history: tuple[Change, ...] = ()
    interests: tuple[About, ...] = ()


class Stated(Part, frozen=True):
    """A date or place that is stated, everybody who states it, and whether it still stands."""

    value: str
    firm: bool
    standing: Standing
    quotes: tuple[Quote, ...]
    earliest: str | None = None
    latest: str | None = None
    country: str | None = None
    geonames: str | None = None


class Question(Part, frozen=True):
    """What articles say is not known; `closed` and `answer` when a later article states it."""

    field: str
    party: str | None
    opened: str
    quotes: tuple[Quote, ...]
    closed: str | None = None
    answer: Quote | None = None


class Moment(Part, frozen=True):
    """One entry of the timeline: what changed or was stated for the first time."""

    date: str
    field: str
    what: str
    quote: Quote


class DossierReport(Part, frozen=True):
    """An article of the dossier: what it calls the process, and why it belongs here."""

    article: str
    process: str
    date: str
    source: str | None
    title: str | None
    name: str
    status: str
    score: float
    reason: str
    copy_of: str | None = None


class Dossier(Part, frozen=True):
    """A process as its articles tell it up to a day.

    `status` is the last rung reached; `resumed` when it was taken up again after having stopped; `overdue` when
    its last stated date has passed and no article says what became of it. `sources` counts independent ones.
    """

    id: str
    kind: str
    name: str
    as_of: str | None
    first: str | None
    last: str | None
    sources: int
    status: str
    resumed: bool
    overdue: bool
    ladder: tuple[Rung, ...]
    parties: tuple[DossierParty, ...]
    dates: tuple[Stated, ...]
    places: tuple[Stated, ...]
    purposes: tuple[About, ...]
    topics: tuple[About, ...]
    unknowns: tuple[Question, ...]
    contradictions: tuple[Contradiction, ...]
    timeline: tuple[Moment, ...]
    reports: tuple[DossierReport, ...]
    matrix: Matrix

    def to_json(self) -> bytes:
        """Return the dossier as one JSON object."""
        return msgspec.json.encode(self)


class ListedDossier(Part, frozen=True):
    """A dossier in a list."""

    id: str
    kind: str
    name: str
    first: str | None
    last: str | None
    status: str
    articles: int
