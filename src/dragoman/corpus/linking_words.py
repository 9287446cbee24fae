"""Weights, thresholds and word lists of linking, read from `data/lexicons/linking.yaml`."""

from __future__ import annotations

import functools
import importlib.resources

import msgspec
import yaml

from dragoman.errors import ConfigError

_FILE = "linking.yaml"


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of the settings: unknown fields are faults."""


class Types(Part, frozen=True):
    """Which event types behave how."""

    near: tuple[tuple[str, str], ...]
    near_price: float
    speech: frozenset[str]
    mutual: frozenset[str]
    placed: frozenset[str]
    blamed: frozenset[str]
    talks: frozenset[str]
    with_tolls: frozenset[str]
    harming: frozenset[str]
    near_modes: tuple[frozenset[str], ...]


class Statuses(Part, frozen=True):
    """How far something has come."""

    done: frozenset[str]
    ahead: frozenset[str]
    against: frozenset[str]
    ladder: tuple[str, ...]
    stage_days: int


class Times(Part, frozen=True):
    """What agreement of times is worth, and how unstated times are read."""

    unstated_days: int
    open_days: int
    longest_days: int
    same_day: float
    within_week: float
    within_span: float
    unstated: tuple[float, ...]
    one_unstated: float


class Parties(Part, frozen=True):
    """What likeness of two parties is worth."""

    same: float
    same_description: float
    state_and_official: float
    officials: float
    members: float
    same_name: float
    same_sector: float
    state_and_people: float
    unknown_sector: float
    unknown_country: float
    unnamed_people: float
    member: float
    official: frozenset[str]
    enough: float
    enough_affected: float
    enough_together: float
    expand_up_to: int


class Places(Part, frozen=True):
    """What agreement of places is worth."""

    same: float
    inside: float
    near_km: float


class Weights(Part, frozen=True):
    """How much each kind of likeness counts."""

    parties: float
    time: float
    wording: float
    place: float


class Score(Part, frozen=True):
    """From what score on reports are linked."""

    weights: Weights
    threshold: float
    same_sentence: float
    cluster_slack: float
    dispute_threshold: float
    representatives: int


class Needed(Part, frozen=True):
    """How much of the wording must be alike, by how sure the day is."""

    day: float
    span: float
    open: float


class Wording(Part, frozen=True):
    """How much of the wording must be alike for what."""

    act: Needed
    speech: Needed
    one_sided: float
    other_day: float
    readout: float
    denial: float


class Blocks(Part, frozen=True):
    """How reports are brought together to be compared."""

    bucket_days: int
    most_buckets: int
    largest: int
    neighbours: int


class Tolls(Part, frozen=True):
    """Words that count people, and how exactly."""

    killed: frozenset[str]
    wounded: frozenset[str]
    arrested: frozenset[str]
    reach: int
    at_least: tuple[str, ...]
    at_most: tuple[str, ...]
    about: tuple[str, ...]
    about_share: float
    vague: dict[str, tuple[int, int]]


class Linking(Part, frozen=True):
    """All of `linking.yaml`."""

    types: Types
    status: Statuses
    time: Times
    parties: Parties
    place: Places
    score: Score
    wording: Wording
    blocks: Blocks
    tolls: Tolls
    numbers: dict[str, int]
    endings: dict[str, str]
    shortest_stem: int
    alike: tuple[tuple[str, ...], ...]
    empty_words: frozenset[str]

    def near(self, first: str, second: str) -> bool:
        """Tell whether two types are ones that coders confuse."""
        return (first, second) in self.types.near or (second, first) in self.types.near


@functools.cache
def linking() -> Linking:
    """Return the settings. Raises `ConfigError` when the file is faulty."""
    path = importlib.resources.files("dragoman") / "data" / "lexicons" / _FILE
    try:
        return msgspec.convert(yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader), Linking)
    except msgspec.ValidationError as error:
        raise ConfigError(
            str(error), where=f"data/lexicons/{_FILE}", advice="install dragoman again"
        ) from error
