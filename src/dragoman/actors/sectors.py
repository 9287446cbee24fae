"""The part that sectors play in the rules of this layer, from `data/actors/sectors.yaml`."""

from __future__ import annotations

import functools
import importlib.resources

import msgspec
import yaml

from dragoman.errors import ConfigError

_FILE = "sectors.yaml"


class SectorRoles(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which sector codes stand for what; the file says what each field means."""

    official: frozenset[str]
    elected: frozenset[str]
    political: frozenset[str]
    out_of_office: str
    governing: str
    opposing: str
    private: str
    international: str
    own_seat: frozenset[str]


@functools.cache
def sector_roles() -> SectorRoles:
    """Return the roles of the sectors. Raises `ConfigError` when the file is faulty."""
    path = importlib.resources.files("dragoman") / "data" / "actors" / _FILE
    try:
        return msgspec.convert(yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader), SectorRoles)
    except msgspec.ValidationError as error:
        raise ConfigError(
            str(error), where=f"data/actors/{_FILE}", advice="install dragoman again"
        ) from error
