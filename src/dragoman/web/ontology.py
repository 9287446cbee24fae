"""What the pages know of the codebook: types, what they mean, and the quad class that gives them their colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.events.codebook import Codebook

# Shapes tell the classes apart without colours: open is said, filled is done; round is friendly, square is not.
SHAPES = ("·", "○", "●", "◇", "◆")
OTHER = 0


class Quad(msgspec.Struct, frozen=True):
    """A quad class: its number on the pages (0 for types that have none), its name, and its shape."""

    number: int
    name: str
    shape: str


class Type(msgspec.Struct, frozen=True):
    """An event type: its name, what it means, its modes and its quad class."""

    name: str
    definition: str
    modes: tuple[str, ...]
    quad: Quad


class Ontology:
    """Types and quad classes of a codebook. A type that the codebook does not know has class 0."""

    def __init__(self, codebook: Codebook) -> None:
        names = list(codebook.quads.items())[: len(SHAPES) - 1]
        numbers = {key: number for number, (key, _) in enumerate(names, 1)}
        self.quads = (
            *(Quad(number, name, SHAPES[number]) for number, (_, name) in enumerate(names, 1)),
            Quad(OTHER, "other types", SHAPES[OTHER]),
        )
        by_number = {quad.number: quad for quad in self.quads}
        self.types = {
            name: Type(
                name, found.definition, tuple(found.modes), by_number[numbers.get(found.quad or 0, OTHER)]
            )
            for name, found in codebook.types.items()
        }
        self._other = by_number[OTHER]

    def quad(self, type_name: str) -> Quad:
        """Return the quad class of a type."""
        known = self.types.get(type_name)
        return known.quad if known else self._other

    def types_of(self, quads: Iterable[int]) -> list[str]:
        """Return the names of the types of some quad classes."""
        wanted = set(quads)
        return [name for name, one in self.types.items() if one.quad.number in wanted]

    def definition(self, type_name: str) -> str:
        """Return what a type means; empty for one that the codebook does not know."""
        known = self.types.get(type_name)
        return known.definition if known else ""

    def ordered(self, type_names: Iterable[str]) -> list[str]:
        """Return types in the order of their quad classes, then by name."""
        order = {quad.number: place for place, quad in enumerate(self.quads)}
        return sorted(type_names, key=lambda name: (order[self.quad(name).number], name))
