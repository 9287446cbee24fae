"""The words and weights of `data/lexicons/dossiers.yaml`."""

from __future__ import annotations

import functools
import importlib.resources

import msgspec
import yaml

from dragoman.errors import ConfigError


class Joining(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Points for and against two tellings being one process."""

    needed: float
    scale: float
    name_shared: float
    name_conflict: float
    place_in_name: float
    parties_same: float
    parties_shared: float
    party_shared: float
    parties_conflict: float
    kind_same: float
    kind_related: float
    time_shared: float
    time_conflict: float
    place_same: float
    place_conflict: float
    trait_conflict: float
    wording: float
    most: float
    part: float
    close: int


class Days(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Spans of time in days."""

    apart: dict[str, int]
    passed: int
    lasting: int
    dispute: int
    unsettled: int


class DossierWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file as it stands."""

    joining: Joining
    days: Days
    families: tuple[tuple[str, ...], ...]
    many_sided: frozenset[str]
    resuming: tuple[str, ...]
    answers_when: int
    numbers: dict[str, int]
    no_names: frozenset[str]
    joining_words: frozenset[str]
    plain: frozenset[str]
    acts_for_state: frozenset[str]
    held_in: frozenset[str]

    def related(self, kind: str) -> frozenset[str]:
        """Return the kinds under which a process of this kind may also be told."""
        return _related(self.families, kind)


@functools.cache
def _related(families: tuple[tuple[str, ...], ...], kind: str) -> frozenset[str]:
    return frozenset({kind}.union(*(family for family in families if kind in family)))


@functools.cache
def dossier_words() -> DossierWords:
    """Return the words of the package. Raises `ConfigError` when the file does not have the right form."""
    path = importlib.resources.files("dragoman") / "data" / "lexicons" / "dossiers.yaml"
    try:
        data = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
        return msgspec.convert(data, DossierWords)
    except (msgspec.ValidationError, yaml.YAMLError) as error:
        raise ConfigError(str(error), where="data/lexicons/dossiers.yaml") from error
