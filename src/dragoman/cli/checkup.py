"""The checks of `dragoman doctor`, each on its own: one fault does not hide another."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

from dragoman.errors import DragomanError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

OLDEST_PYTHON = (3, 11)
LEAST_MEMORY_GB = 1.5
PROBE = "Chad and Niger signed a trade agreement on Monday."


class Finding(NamedTuple):
    """What a check found, and what to do when it is not good."""

    good: bool
    says: str
    advice: str = ""


def checks(pipeline: str | None = None, codebook: Path | None = None) -> Iterator[tuple[str, Finding]]:
    """Yield the name and finding of every check, in order; no check raises."""
    todo: tuple[tuple[str, Callable[[], Finding]], ...] = (
        ("python", check_python),
        ("packages", check_packages),
        ("pipeline", lambda: check_pipeline(pipeline)),
        ("codebook", lambda: check_codebook(codebook)),
        ("data", check_data),
        ("memory", check_memory),
        ("coding", lambda: check_coding(pipeline, codebook)),
    )
    for name, check in todo:
        try:
            yield name, check()
        except DragomanError as error:
            where = f"{error.where}: " if error.where else ""
            yield name, Finding(False, f"{where}{error.message}", error.advice or "install dragoman again")
        except Exception as error:
            advice = "install dragoman again; report it if that does not help"
            yield name, Finding(False, f"{type(error).__name__}: {error}", advice)


def check_python() -> Finding:
    """Check the version of Python."""
    version = ".".join(map(str, sys.version_info[:3]))
    wanted = ".".join(map(str, OLDEST_PYTHON))
    advice = f"use Python {wanted} or newer: python3 -m venv with a newer python3"
    return Finding(sys.version_info >= OLDEST_PYTHON, f"{version} ({sys.executable})", advice)


def check_packages() -> Finding:
    """Check that the packages that dragoman needs are installed, in versions that it can work with."""
    from importlib import metadata

    missing: list[str] = []
    for name in _required():
        try:
            metadata.version(name)
        except metadata.PackageNotFoundError:
            missing.append(name)
    says = f"spaCy {_version('spacy')}, msgspec {_version('msgspec')}, pyarrow {_version('pyarrow')}"
    if missing:
        return Finding(False, f"missing: {', '.join(missing)}", f"pip install {' '.join(missing)}")
    return Finding(True, says)


def _required() -> list[str]:
    import re
    from importlib import metadata

    lines = metadata.requires("dragoman") or []
    return [re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in lines if "extra ==" not in line]


def _version(name: str) -> str:
    from importlib import metadata

    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "missing"


def check_pipeline(name: str | None) -> Finding:
    """Check that the spaCy pipeline loads."""
    from dragoman.language.pipeline import load_pipeline, pipeline_name

    meta = load_pipeline(name).meta
    return Finding(True, f"{pipeline_name(name)} {meta['version']} ({', '.join(meta['components'])})")


def check_codebook(folder: Path | None) -> Finding:
    """Check that the codebook loads."""
    from dragoman.events import load_codebook

    book = load_codebook(folder)
    return Finding(True, f"{folder or 'PLOVER'}, fingerprint {book.fingerprint}")


def check_data() -> Finding:
    """Check that the data files came along."""
    from importlib import resources

    root = resources.files("dragoman") / "data"
    counts = []
    for name in ("actors", "codebooks", "lexicons"):
        folder = root / name
        number = sum(1 for _ in folder.iterdir()) if folder.is_dir() else 0
        if not number:
            return Finding(False, f"data/{name} is missing or empty", "install dragoman again")
        counts.append(f"{name} {number}")
    return Finding(True, ", ".join(counts))


def check_memory() -> Finding:
    """Check that there is memory for one worker at least."""
    available = _available_gb()
    if available is None:
        return Finding(True, "not known on this system")
    workers = max(0, int(available / LEAST_MEMORY_GB))
    advice = f"close other programs: a worker needs up to {LEAST_MEMORY_GB} GB"
    says = f"{available:.1f} GB free, enough for {workers} workers"
    return Finding(available >= LEAST_MEMORY_GB, says, advice)


def _available_gb() -> float | None:
    try:
        with open("/proc/meminfo", encoding="ascii") as info:  # noqa: PTH123
            for line in info:
                if line.startswith("MemAvailable:"):
                    return int(line.split()[1]) / 1024 / 1024
    except OSError:
        pass
    return None


def check_coding(pipeline: str | None, codebook: Path | None) -> Finding:
    """Check that a sentence can be coded from end to end."""
    from dragoman.coder import Coder

    document = Coder(pipeline, codebook).code(PROBE, date="2020-07-14")
    says = f"a test sentence gives {len(document.events)} event(s)"
    return Finding(bool(document.events) or codebook is not None, says, "install dragoman again")
