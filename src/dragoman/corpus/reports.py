"""One coding of one article as linking sees it: parties, days, place, words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from dragoman.corpus.linking_words import linking

if TYPE_CHECKING:
    from collections.abc import Iterable

Standing = Literal["done", "ahead", "against"]


@dataclass(frozen=True, slots=True)
class Party:
    """An actor or recipient. `members` are the countries of a collective that is not taken apart.

    `kind` is the first part of the key: state, person, org, igo, group.
    """

    key: str
    name: str
    country: str | None
    sector: str
    members: frozenset[str] = frozenset()
    kind: str = field(init=False, compare=False)
    number: int = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", self.key.partition(":")[0])
        # Parties are looked up millions of times: the hash is made once.
        known = (self.key, self.name, self.country, self.sector, self.members)
        object.__setattr__(self, "number", hash(known))

    def __hash__(self) -> int:
        return self.number

    @property
    def named(self) -> bool:
        """Tell whether the name is a proper name and no description ("Czech foreign minister")."""
        words = [w for w in self.name.split() if len(w) > 3]
        return bool(words) and all(not w[0].islower() for w in words)


class Window(NamedTuple):
    """The days on which it may have happened, as ordinals; `stated` when the article says so itself."""

    first: int
    last: int
    stated: bool

    @property
    def days(self) -> int:
        """Return how many days the window spans."""
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Site:
    """Where; `exact` when it has coordinates, and is no country or region."""

    name: str
    country: str | None
    latitude: float | None = None
    longitude: float | None = None
    geonames: str | None = None

    @property
    def exact(self) -> bool:
        """Tell whether the place is a point."""
        return self.latitude is not None and self.longitude is not None


class Toll(NamedTuple):
    """Between how many and how many people were killed, wounded or arrested, as one report says."""

    kind: str
    least: float
    most: float
    words: str


@dataclass(slots=True, eq=False)
class Report:
    """A coding that is no duplicate inside its article.

    `published` is the ordinal of the article's date, `source` names the independent source (the wire group, or
    the article alone), `sentence` is where its sentence begins. `words` are the stems of what the sentence says
    beside the parties, the rarest first, and `weight` what they weigh. `together`: actors and recipients are one
    set of parties.
    """

    article: str
    event: str
    anchor: str
    source: str
    published: int | None
    type: str
    mode: str | None
    status: str
    historical: bool
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    reciprocal: bool
    window: Window | None
    place: Site | None
    claimant: str | None
    claimant_country: str | None
    stance: str | None
    trigger: str
    start: int
    sentence: int
    words: tuple[int, ...]
    tolls: tuple[Toll, ...] = ()
    weight: float = 0.0
    parties: tuple[Party, ...] = field(init=False)
    standing: Standing = field(init=False)
    together: bool = field(init=False)

    def __post_init__(self) -> None:
        self.parties = tuple(dict.fromkeys((*self.actors, *self.recipients)))
        self.standing = standing_of(self.status, self.stance)
        self.together = self.reciprocal or self.type in linking().types.mutual


def standing_of(status: str, stance: str | None) -> Standing:
    """Return whether something is told as done, as ahead, or as something that is denied."""
    settings = linking().status
    if status in settings.against or stance == "denies":
        return "against"
    return "done" if status in settings.done else "ahead"


def window_of(earliest: int | None, latest: int | None, stated: bool, report: Report) -> Window | None:
    """Return the days on which it may have happened; None when nothing bounds them.

    Args:
        earliest, latest: the bounds of the record, as ordinals.
        stated: whether the text states the time.
        report: what is told as done lies in the past of its article, and of background that is all one knows.
    """
    settings = linking().time
    published = report.published
    if report.historical and not stated:
        return None
    if earliest is not None and latest is not None:
        return Window(earliest, latest, stated)
    if report.standing != "ahead":
        last = latest if latest is not None else published
        if earliest is not None:
            end = earliest + settings.open_days
            return Window(earliest, max(earliest, min(end, last) if last is not None else end), stated)
        return None if last is None else Window(last - settings.unstated_days, last, False)
    if stated and earliest is not None:
        return Window(earliest, earliest + settings.open_days, True)
    if stated and latest is not None:
        first = published if published is not None and published <= latest else latest - settings.open_days
        return Window(first, latest, True)
    return None


def all_countries(parties: Iterable[Party]) -> set[str]:
    """Return the countries of some parties."""
    return {p.country for p in parties if p.country}
