"""Makes the base map of the explorer out of Natural Earth's countries; `make vendor` runs it.

Takes the archives of two npm packages (`npm pack`): world-atlas (Natural Earth 1:50m as TopoJSON; public domain,
packaged under ISC) and i18n-iso-countries (MIT; only its table of ISO 3166-1 codes). Arcs are projected, thinned,
and rounded to whole units of a map 2000 wide; neighbours share arcs, so that borders still meet afterwards.

    python vendor/basemap.py world-atlas-2.0.2.tgz i18n-iso-countries-7.14.0.tgz src/dragoman/web/data/world.json
"""

from __future__ import annotations

import hashlib
import itertools
import json
import sys
import tarfile
from pathlib import Path
from typing import Any

from dragoman.web.projection import HEIGHT, WIDTH, project

# SHA-256 of the archives; another content is refused.
EXPECTED = {
    "world-atlas": "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97",
    "i18n-iso-countries": "bb418ebfb965789fcfbcce7dee59888d901ef64b03601da78b2e224cd6f5825c",
}
THINNING = 0.45
# Shapes to which ISO 3166-1 gives no number. Without a code of their own they belong to no country of the record.
BY_NAME = {"Kosovo": "XKX"}
LEFT_OUT = {"Antarctica"}

Point = tuple[float, float]


def member(archive: Path, package: str, name: str) -> Any:
    """Return a JSON file of an npm archive, after its digest was compared."""
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    if digest != EXPECTED[package]:
        sys.exit(f"{archive}: is not the {package} that was checked (SHA-256 {digest})")
    with tarfile.open(archive) as packed:
        file = packed.extractfile(f"package/{name}")
        assert file is not None
        return json.load(file)


def unpacked(topology: dict[str, Any]) -> list[list[Point]]:
    """Return the arcs of a TopoJSON file as degrees: it stores differences of whole numbers."""
    (scale_x, scale_y), (move_x, move_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        xs = itertools.accumulate(step[0] for step in arc)
        ys = itertools.accumulate(step[1] for step in arc)
        arcs.append([(x * scale_x + move_x, y * scale_y + move_y) for x, y in zip(xs, ys, strict=True)])
    return arcs


def thinned(points: list[Point], tolerance: float) -> list[Point]:
    """Return a line with fewer points that is nowhere on the map further than the tolerance away."""
    flat = [project(*point) for point in points]
    keep = {0, len(points) - 1}
    stack = [(0, len(points) - 1)]
    while stack:
        first, last = stack.pop()
        (x0, y0), (x1, y1) = flat[first], flat[last]
        dx, dy = x1 - x0, y1 - y0
        length = (dx * dx + dy * dy) ** 0.5
        furthest, at = tolerance, 0
        for index in range(first + 1, last):
            x, y = flat[index]
            # The ends of a closed arc coincide: then the distance from that point counts.
            away = (
                abs(dy * (x - x0) - dx * (y - y0)) / length
                if length
                else ((x - x0) ** 2 + (y - y0) ** 2) ** 0.5
            )
            if away > furthest:
                furthest, at = away, index
        if at:
            keep.add(at)
            stack += [(first, at), (at, last)]
    return [points[index] for index in sorted(keep)]


def cut(ring: list[Point]) -> list[list[Point]]:
    """Return a ring in the parts that lie on one map: the file joins shapes across the 180th meridian."""
    longitude, latitude = ring[0]
    whole = [(longitude, latitude)]
    for (before, _), (after, latitude) in itertools.pairwise(ring):
        step = after - before
        longitude += step - 360 * round(step / 360)
        whole.append((longitude, latitude))
    west, east = min(x for x, _ in whole), max(x for x, _ in whole)
    if west >= -180 and east <= 180:
        return [whole]
    parts = []
    for turn in (-360, 0, 360):
        moved = [(x + turn, y) for x, y in whole]
        part = _one_side(_one_side(moved, 180, -1), -180, 1)
        if len(part) > 2:
            parts.append(part)
    return parts


def _one_side(ring: list[Point], edge: float, way: int) -> list[Point]:
    """Return what of a ring lies west (way -1) or east (way 1) of a meridian (Sutherland, Hodgman)."""
    found: list[Point] = []
    for (x0, y0), (x1, y1) in itertools.pairwise([*ring, *ring[:1]]):
        inside, next_inside = way * (x0 - edge) >= 0, way * (x1 - edge) >= 0
        if inside:
            found.append((x0, y0))
        if inside != next_inside:
            found.append((edge, y0 + (y1 - y0) * (edge - x0) / (x1 - x0)))
    return found


def ring_of(indices: list[int], arcs: list[list[Point]]) -> list[Point]:
    """Return a ring from its arcs; a negative index means the arc backwards."""
    ring: list[Point] = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring += arc[1:] if ring else arc
    return ring


def area_and_centre(ring: list[Point]) -> tuple[float, Point]:
    """Return the area of a ring, and its centre of mass."""
    area = x_sum = y_sum = 0.0
    for (x0, y0), (x1, y1) in itertools.pairwise([*ring, *ring[:1]]):
        cross = x0 * y1 - x1 * y0
        area += cross
        x_sum += (x0 + x1) * cross
        y_sum += (y0 + y1) * cross
    if abs(area) < 1e-9:
        return 0.0, ring[0]
    return abs(area) / 2, (x_sum / (3 * area), y_sum / (3 * area))


def path_of(rings: list[list[Point]]) -> str:
    """Return rings as an SVG path with whole, relative steps; rings that shrank to nothing are left out."""
    parts: list[str] = []
    for ring in rings:
        whole = [(round(x), round(y)) for x, y in ring]
        points = [point for point, _ in itertools.groupby(whole)]
        if len(set(points)) < 3:
            continue
        steps = [f"{x1 - x0},{y1 - y0}" for (x0, y0), (x1, y1) in itertools.pairwise(points[:-1])]
        parts.append(f"M{points[0][0]},{points[0][1]}l{' '.join(steps)}z")
    return "".join(parts)


def countries(topology: dict[str, Any], codes: dict[str, str]) -> list[dict[str, Any]]:
    """Return the shapes: code (ISO 3166-1 alpha-3 or null), name, path, and the centre of the largest part."""
    full = unpacked(topology)
    lean = [thinned(arc, THINNING) for arc in full]
    found = []
    for shape in topology["objects"]["countries"]["geometries"]:
        name = shape["properties"]["name"]
        if name in LEFT_OUT:
            continue
        several = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        rings = [ring for polygon in several for ring in polygon]
        area, centre = max(area_and_centre(part) for ring in rings for part in on_map(ring, full))
        found.append(
            {
                "code": codes.get(shape.get("id", "")) or BY_NAME.get(name),
                "name": name,
                "x": round(centre[0]),
                "y": round(centre[1]),
                "size": round(area**0.5),
                "path": path_of([part for ring in rings for part in on_map(ring, lean)]),
            }
        )
    # Small ones last: they stay on top and can be pointed at.
    return sorted(found, key=lambda shape: (-shape["size"], shape["name"]))


def on_map(ring: list[int], arcs: list[list[Point]]) -> list[list[Point]]:
    """Return a ring, given by its arcs, as points of the map, in as many parts as it needs."""
    return [[project(*point) for point in part] for part in cut(ring_of(ring, arcs))]


def main(atlas: str, iso: str, out: str) -> None:
    """Write the base map."""
    rows = member(Path(iso), "i18n-iso-countries", "codes.json")
    shapes = countries(
        member(Path(atlas), "world-atlas", "countries-50m.json"),
        {number: code for _, code, number, *_ in rows},
    )
    world = {"width": round(WIDTH), "height": round(HEIGHT), "countries": shapes}
    Path(out).write_text(json.dumps(world, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")
    print(f"{out}: {len(shapes)} shapes, {sum(1 for shape in shapes if shape['code'])} with a code")


if __name__ == "__main__":
    main(*sys.argv[1:])
