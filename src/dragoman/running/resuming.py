"""Output that survives the death of the run: a part file, and a journal of what in it is certain.

Results are appended to `OUT.part`. After every few articles the part file is brought to disk and a line is
added to `OUT.part.journal`: how many articles are done, how long the part file was then, and a digest of
the articles. A resumed run cuts the part file to the last journalled length, reads its inputs again, skips
the articles that are done (checking that they are the same ones) and goes on. At the end the part file
becomes OUT in one rename: OUT is never half a result.
"""

from __future__ import annotations

import hashlib
import os
import sys
import time
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from dragoman.errors import ConfigError
from dragoman.running.records import ErrorRecord  # noqa: TC001 (msgspec reads the annotations)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from dragoman.model import Article

CHECKPOINT_ARTICLES = 8
CHECKPOINT_SECONDS = 5.0


class Counts(msgspec.Struct):
    """What a run has done so far."""

    articles: int = 0
    events: int = 0
    without_events: int = 0
    failed: int = 0


class Header(msgspec.Struct, frozen=True):
    """First line of a journal: the settings that a resumed run must share."""

    journal: int
    settings: dict[str, str]


class Checkpoint(msgspec.Struct, frozen=True):
    """A line of the journal: everything up to here is certainly in the part file."""

    done: int
    offset: int
    digest: str
    last: str
    counts: Counts
    failed: tuple[ErrorRecord, ...] = ()


class ArticleDigest:
    """A digest of a sequence of articles: of their ids, dates and texts, in order."""

    def __init__(self) -> None:
        self._sha = hashlib.sha256()

    def add(self, article: Article) -> None:
        """Take in the next article."""
        for part in (article.id, article.date or "", article.text):
            data = part.encode("utf-8", "surrogatepass")
            self._sha.update(len(data).to_bytes(8, "big"))
            self._sha.update(data)

    def value(self) -> str:
        """Return the digest of the articles so far."""
        return self._sha.hexdigest()


def part_of(out: Path) -> Path:
    """Return where an unfinished output lies."""
    return out.with_name(out.name + ".part")


def journal_of(out: Path) -> Path:
    """Return where the journal of an unfinished output lies."""
    return out.with_name(out.name + ".part.journal")


def check_writable(out: Path) -> None:
    """Check, before any work is done, that an output can be written. Raises `ConfigError`."""
    if out.is_dir():
        raise ConfigError("the output is a folder", where=str(out), advice="name a file in it")
    folder = out.parent
    if not folder.exists():
        raise ConfigError(
            "the output can't be written: its folder does not exist",
            where=str(out),
            advice=f"make it first: mkdir -p {folder}",
        )
    if not folder.is_dir():
        raise ConfigError(
            f"the output can't be written: {folder} is not a folder",
            where=str(out),
            advice="name a file in a folder that there is",
        )
    probe = folder / f".{out.name}.{os.getpid()}.probe"
    try:
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise ConfigError(
            f"the output can't be written: {error.strerror}", where=str(out), advice="choose another folder"
        ) from error


class Part:
    """An unfinished output. Made by `begin` or `resume`; ended by `finish`, or left behind to be resumed."""

    def __init__(self, out: Path, stream: BinaryIO, journal: BinaryIO, start: Checkpoint | None) -> None:
        self.out = out
        self.start = start
        self.counts = start.counts if start else Counts()
        self._stream = stream
        self._journal = journal
        self._digest = ArticleDigest()
        self._last = start.last if start else ""
        self._failed: list[ErrorRecord] = []
        self._unsaved = 0
        self._saved = time.monotonic()

    def skip_done(self, articles: Iterable[Article]) -> Iterator[Article]:
        """Yield the articles that are still to do. Raises `ConfigError` when the done ones differ."""
        iterator = iter(articles)
        if self.start:
            for _ in range(self.start.done):
                article = next(iterator, None)
                if article is None:
                    break
                self._digest.add(article)
            if self._digest.value() != self.start.digest:
                raise ConfigError(
                    f"can't resume: the first {self.start.done} articles of the input (up to id "
                    f"{self.start.last!r}) are not the ones that were coded before",
                    where=str(self.out),
                    advice="give the same inputs in the same order, or start again with --overwrite",
                )
        yield from iterator

    def write(self, article: Article, data: bytes, events: int, failed: ErrorRecord | None = None) -> None:
        """Append the result of the next article: its lines (may be none) and what to count."""
        self._stream.write(data)
        self._digest.add(article)
        self._last = article.id
        self.counts.articles += 1
        self.counts.events += events
        self.counts.without_events += 1 if not events and not failed else 0
        if failed:
            self.counts.failed += 1
            self._failed.append(failed)
        self._unsaved += 1
        late = time.monotonic() - self._saved >= CHECKPOINT_SECONDS
        if self._unsaved >= CHECKPOINT_ARTICLES or late:
            self.checkpoint()

    def checkpoint(self) -> None:
        """Bring everything so far to disk and say so in the journal."""
        self._stream.flush()
        os.fsync(self._stream.fileno())
        checkpoint = Checkpoint(
            self.counts.articles,
            self._stream.tell(),
            self._digest.value(),
            self._last,
            self.counts,
            tuple(self._failed),
        )
        self._journal.write(msgspec.json.encode(checkpoint) + b"\n")
        self._journal.flush()
        os.fsync(self._journal.fileno())
        self._unsaved = 0
        self._saved = time.monotonic()
        self._failed.clear()

    def close(self) -> None:
        """Leave the output unfinished, to be resumed; one that holds no article yet is taken away."""
        if not self._stream.closed:
            self.checkpoint()
            self._stream.close()
            self._journal.close()
            if not self.counts.articles:
                part_of(self.out).unlink()
                journal_of(self.out).unlink()

    def finish(self, convert: Callable[[Path, Path], None] | None = None) -> None:
        """Make the part file the output, through `convert(part, target)` where the format needs it."""
        self.checkpoint()
        self._stream.close()
        part = part_of(self.out)
        if convert is not None:
            target = self.out.with_name(self.out.name + ".converting")
            convert(part, target)
            target.replace(self.out)
            part.unlink()
        else:
            part.replace(self.out)
        self._journal.close()
        journal_of(self.out).unlink()
        _sync_folder(self.out.parent)


def begin(out: Path, settings: dict[str, str], *, overwrite: bool = False, head: bytes = b"") -> Part:
    """Start an output. `head` is what the file starts with (a header line).

    Raises `ConfigError` when there is an output or an unfinished one already and `overwrite` is not given.
    """
    check_writable(out)
    if not overwrite and part_of(out).exists():
        raise ConfigError(
            "an interrupted run left an unfinished output here",
            where=str(out),
            advice="go on with it by --resume, or start again by --overwrite",
        )
    if not overwrite and out.exists():
        raise ConfigError(
            "the output exists already", where=str(out), advice="choose another name, or give --overwrite"
        )
    journal = journal_of(out).open("ab")
    _lock(journal, out)
    journal.truncate(0)
    stream = part_of(out).open("wb")
    stream.write(head)
    journal.write(msgspec.json.encode(Header(1, settings)) + b"\n")
    part = Part(out, stream, journal, None)
    part.checkpoint()
    return part


def resume(out: Path, settings: dict[str, str], head: bytes = b"") -> Part:
    """Take up an unfinished output, or start one when there is none.

    Raises `ConfigError` when the settings are not those of the interrupted run.
    """
    check_writable(out)
    if not journal_of(out).exists() or not part_of(out).exists():
        return begin(out, settings, overwrite=not out.exists(), head=head)
    header, checkpoint = read_journal(journal_of(out))
    if header is None or checkpoint is None:
        return begin(out, settings, overwrite=True, head=head)
    changed = sorted(k for k in {*header.settings, *settings} if header.settings.get(k) != settings.get(k))
    if changed:
        was = ", ".join(f"{k} was {header.settings.get(k)!r}, is {settings.get(k)!r}" for k in changed)
        raise ConfigError(
            f"can't resume: the interrupted run had other settings: {was}",
            where=str(out),
            advice="give the same options, or start again by --overwrite",
        )
    if part_of(out).stat().st_size < checkpoint.offset:
        raise ConfigError(
            f"can't resume: {part_of(out).name} is shorter than its journal says",
            where=str(out),
            advice="start again by --overwrite",
        )
    journal = journal_of(out).open("r+b")
    _lock(journal, out)
    _drop_torn_line(journal)
    stream = part_of(out).open("r+b")
    stream.truncate(checkpoint.offset)
    stream.seek(checkpoint.offset)
    return Part(out, stream, journal, checkpoint)


def is_finished(out: Path) -> bool:
    """Say whether an output is there and no unfinished one is."""
    return out.exists() and not part_of(out).exists()


def read_journal(path: Path) -> tuple[Header | None, Checkpoint | None]:
    """Return the header and the last complete checkpoint of a journal; a torn last line is passed over."""
    header: Header | None = None
    last: Checkpoint | None = None
    with path.open("rb") as journal:
        for line in journal:
            if not line.endswith(b"\n"):
                break
            try:
                if header is None:
                    header = msgspec.json.decode(line, type=Header)
                else:
                    last = msgspec.json.decode(line, type=Checkpoint)
            except msgspec.MsgspecError:
                break
    return header, last


def failures_of(out: Path) -> Iterator[ErrorRecord]:
    """Yield the articles that could not be coded in an unfinished run so far."""
    with journal_of(out).open("rb") as journal:
        next(journal, None)
        for line in journal:
            try:
                yield from msgspec.json.decode(line, type=Checkpoint).failed
            except msgspec.MsgspecError:
                return


def _drop_torn_line(journal: BinaryIO) -> None:
    end = 0
    for line in journal:
        if not line.endswith(b"\n"):
            break
        end += len(line)
    journal.seek(end)
    journal.truncate(end)


def _lock(journal: BinaryIO, out: Path) -> None:
    """Hold the journal, so that two runs never write one output. The system lets go when the run dies."""
    if sys.platform == "win32":
        return
    import fcntl

    try:
        fcntl.flock(journal.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise ConfigError(
            "another run is writing this output now", where=str(out), advice="wait for it, or choose another"
        ) from error


def _sync_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
