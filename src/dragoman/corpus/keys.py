"""One key for one actor: the same in all articles, made from the entity alone."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.model import Entity

_PREFIX = {"organization": "org", "people": "group"}
_NAMED_ALONE = ("igo", "person")
_BREAKS = re.compile(r"[\W_]+")


def slug(name: str) -> str:
    """Return a name in lower case, without accents, its words joined by hyphens; letters of any script stay."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold()).casefold()
    plain = "".join(c for c in folded if not unicodedata.combining(c))
    return _BREAKS.sub("-", unicodedata.normalize("NFC", plain)).strip("-") or "unnamed"


def key_of(entity: Entity) -> str:
    """Return the key of an entity.

    `state:FRA` for a state; `igo:united-nations` and `person:sergei-lavrov` by name; everything else by
    kind, name and country, as far as it has one: `org:foreign-ministry:RUS`, `armed_group:taliban:AFG`,
    `group:protesters:KEN`, `place:suva:FJI`. Several states under one name ("Samoa and Tonga") are a group.
    """
    name = slug(entity.name)
    if entity.kind == "state":
        code = entity.ids.get("iso3") or entity.country
        return f"state:{code}" if code and entity.members is None else f"group:{name}"
    prefix = _PREFIX.get(entity.kind, entity.kind)
    if entity.kind in _NAMED_ALONE or entity.country is None:
        return f"{prefix}:{name}"
    return f"{prefix}:{name}:{entity.country}"
