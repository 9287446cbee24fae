"""Where the actors of a network stand: drawn by forces, the same for the same counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROUNDS = 400
WIDTH, HEIGHT, MARGIN = 960.0, 640.0, 60.0
# How far apart two actors stand at least, for their names to be read.
ROOM = 92.0


def layout(names: Sequence[str], weights: Mapping[tuple[str, str], float]) -> dict[str, tuple[float, float]]:
    """Return a place in a drawing of WIDTH by HEIGHT for each name.

    Actors push each other away, those that have to do with each other pull each other (Fruchterman, Reingold).
    They start on a circle in the order given, and nothing is left to chance: the same input gives the same
    drawing.

    Args:
        names: the actors, each once.
        weights: how strongly two of them are bound; names that are not given are left out.
    """
    size = len(names)
    if not size:
        return {}
    if size == 1:
        return {names[0]: (WIDTH / 2, HEIGHT / 2)}
    index = {name: place for place, name in enumerate(names)}
    pull = np.zeros((size, size))
    for (one, other), weight in weights.items():
        if one in index and other in index and one != other:
            pull[index[one], index[other]] += weight
            pull[index[other], index[one]] += weight
    if pull.max() > 0:
        pull = np.sqrt(pull / pull.max())
    angles = np.arange(size) * (np.pi * (3 - 5**0.5))
    radii = np.sqrt((np.arange(size) + 0.5) / size)
    spots = np.stack([radii * np.cos(angles), radii * np.sin(angles)], axis=1)
    ideal = (5.0 / size) ** 0.5
    heat = 0.18
    for _ in range(ROUNDS):
        apart, distance = _apart(spots)
        push = ideal**2 / distance**2
        np.fill_diagonal(push, 0.0)
        force = (apart * (push - 0.9 * pull * distance / ideal)[:, :, None]).sum(axis=1) - spots * 0.7
        length = np.maximum(np.sqrt((force**2).sum(axis=1, keepdims=True)), 1e-9)
        spots = spots + force / length * np.minimum(length, heat)
        heat = max(heat * 0.987, 0.002)
    spots -= spots.min(axis=0)
    spots = spots / np.maximum(spots.max(axis=0), 1e-9)
    spots = _spread(spots * [WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN] + MARGIN)
    return {name: (round(float(x), 1), round(float(y), 1)) for name, (x, y) in zip(names, spots, strict=True)}


def _apart(spots: Any) -> tuple[Any, Any]:
    apart = spots[:, None, :] - spots[None, :, :]
    return apart, np.maximum(np.sqrt((apart**2).sum(axis=2)), 1e-3)


def _spread(spots: Any) -> Any:
    """Move actors that stand too close to each other apart; names stand beside them, so height counts double."""
    shape = np.array([1.0, 2.0])
    for _ in range(120):
        apart, distance = _apart(spots * shape)
        close = np.maximum(ROOM - distance, 0.0)
        np.fill_diagonal(close, 0.0)
        spots = spots + (apart / distance[:, :, None] * close[:, :, None]).sum(axis=1) / shape * 0.25
        spots = np.clip(spots, [MARGIN / 2, MARGIN / 2], [WIDTH - MARGIN / 2, HEIGHT - MARGIN / 2])
    return spots
