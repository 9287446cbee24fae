"""What `dragoman code` does, apart from its options."""

from __future__ import annotations

import sys
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.cli.exits import INTERRUPTED, NOTHING_DONE, OK, SOME_PROBLEMS
from dragoman.cli.problems import Problems
from dragoman.errors import ConfigError
from dragoman.exporting import formats
from dragoman.running import ErrorRecord, resuming, stream
from dragoman.running.resuming import Counts
from dragoman.running.streaming import check_workers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dragoman.model import Article
    from dragoman.reading import Problem
    from dragoman.running.streaming import Codes, Plan


@dataclass(frozen=True)
class Request:
    """What was asked for on the command line."""

    inputs: tuple[str, ...]
    out: Path | None = None
    output_format: str | None = None
    documents: bool = False
    date: str | None = None
    workers: int = 1
    resume: bool = False
    overwrite: bool = False
    input_format: str | None = None
    pipeline: str | None = None
    codebook: Path | None = None
    view: bool = False
    why_none: bool = False
    quiet: bool = False
    text_field: str | None = None
    id_field: str | None = None
    actors: tuple[Path, ...] = ()


def run(request: Request) -> int:
    """Do what was asked; return the exit code. Raises `ConfigError` for what can't be done."""
    check(request)
    if request.out is not None and _is_regular(request.out):
        return to_file(request, request.out)
    problems = Problems(None)
    if (
        request.why_none
        or request.view
        or (
            request.out is None
            and not request.documents
            and not request.output_format
            and sys.stdout.isatty()
        )
    ):
        counts = to_terminal(request, problems)
        return close(request, counts, problems, notes=request.why_none)
    return close(request, to_stream(request, problems), problems)


def check(request: Request) -> None:
    """Check everything that can be checked before any work is done. Raises `ConfigError`."""
    check_workers(request.workers)
    chosen = formats.chosen(request.out, request.output_format, request.documents)
    if request.out is None:
        if request.resume or request.overwrite:
            option = "--resume" if request.resume else "--overwrite"
            raise ConfigError(f"{option} needs an output file", advice="name it by -o")
        if chosen.convert:
            raise ConfigError(
                f"{chosen.name} can't be written to standard output", advice="name a file by -o"
            )
    elif request.view or request.why_none:
        option = "--view" if request.view else "--why-none"
        raise ConfigError(f"{option} is for reading, -o for files", advice="give one of the two")
    if request.resume and request.overwrite:
        raise ConfigError("--resume and --overwrite exclude each other", advice="give one of the two")
    found(request)


def to_file(request: Request, out: Path) -> int:
    """Write to a file that is whole or not there, and that an interrupted run can go on with."""
    from dragoman.cli.progress import progress
    from dragoman.cli.saving import Lines, unpacked

    chosen = formats.chosen(out, request.output_format, request.documents)
    resuming.check_writable(out)
    if request.resume and resuming.is_finished(out):
        print(f"{out} is finished; there is nothing to resume", file=sys.stderr)
        return OK
    plan, coder = prepared(request)
    settings = settings_of(request, chosen.name)
    if request.resume:
        part = resuming.resume(out, settings, chosen.head)
    else:
        part = resuming.begin(out, settings, overwrite=request.overwrite, head=chosen.head)
    problems = Problems(out)
    if part.start:
        problems.add_all(resuming.failures_of(out))
        if not request.quiet:
            print(f"going on after {counted(part.counts.articles, 'article')}", file=sys.stderr)
    try:
        with progress(request.inputs, quiet=request.quiet, done=part.counts.articles) as bar:
            articles = part.skip_done(read(request, problems))
            for article, data in resumable(plan, articles, Lines(chosen.name), request.workers, coder):
                if isinstance(data, ErrorRecord):
                    problems.add(data)
                    line = data.to_json() + b"\n" if chosen.holds_errors else b""
                    part.write(article, line, 0, failed=data)
                else:
                    part.write(article, *unpacked(data))
                bar.advance()
    except KeyboardInterrupt:
        part.close()
        problems.close()
        after = counted(part.counts.articles, "article")
        again = "; the same command with --resume goes on from there" if part.counts.articles else ""
        print(f"dragoman: interrupted after {after}{again}", file=sys.stderr)
        return INTERRUPTED
    except BaseException:
        part.close()
        problems.close()
        raise
    part.finish(chosen.convert)
    return close(request, part.counts, problems)


def settings_of(request: Request, format_name: str) -> dict[str, str]:
    """Return what must be the same when a run is resumed, for its output to be of one piece."""
    return {
        **coder_settings(request),
        "format": format_name,
        "date": request.date or "",
        "input_format": request.input_format or "",
        "text_field": request.text_field or "",
        "id_field": request.id_field or "",
    }


def coder_settings(request: Request) -> dict[str, str]:
    """Return which coder this is; a seam for tests."""
    from dragoman import __version__
    from dragoman.actors.own_files import fingerprint_of
    from dragoman.events import load_codebook
    from dragoman.language.pipeline import pipeline_name

    return {
        "version": __version__,
        "pipeline": pipeline_name(request.pipeline),
        "codebook": load_codebook(request.codebook).fingerprint,
        "actors": fingerprint_of(map(str, request.actors)) if request.actors else "",
    }


def resumable(
    plan: Plan, articles: Iterator[Article], encode: object, workers: int, coder: Codes | None
) -> Iterator[tuple[Article, bytes | ErrorRecord]]:
    """The stream of encoded results; a seam for tests."""
    from dragoman.running import encoded

    return encoded(plan, articles, encode, workers, coder)  # type: ignore[arg-type]


def to_stream(request: Request, problems: Problems) -> Counts:
    """Write lines to standard output, or to a device, as they come."""
    from dragoman.cli.progress import progress
    from dragoman.cli.saving import Lines, unpacked

    chosen = formats.chosen(request.out, request.output_format, request.documents)
    plan, coder = prepared(request)
    counts = Counts()
    target = request.out.open("wb") if request.out else sys.stdout.buffer
    try:
        with progress(request.inputs, quiet=request.quiet) as bar:
            target.write(chosen.head)
            articles = read(request, problems)
            for _, data in resumable(plan, articles, Lines(chosen.name), request.workers, coder):
                counts.articles += 1
                if isinstance(data, ErrorRecord):
                    problems.add(data)
                    counts.failed += 1
                    target.write(data.to_json() + b"\n" if chosen.holds_errors else b"")
                else:
                    lines, events = unpacked(data)
                    target.write(lines)
                    counts.events += events
                    counts.without_events += not events
                target.flush()
                bar.advance()
    finally:
        if request.out:
            target.close()
    return counts


def to_terminal(request: Request, problems: Problems) -> Counts:
    """Show the readable view, or the reasons of the articles without events."""
    from dragoman.cli.view import View

    plan, coder = prepared(request)
    counts = Counts()
    view = View()
    origins: deque[str | None] = deque()  # results come in the order of the articles
    for result in stream(plan, noted(read(request, problems), origins), request.workers, coder):
        origin = origins.popleft()
        counts.articles += 1
        if isinstance(result, ErrorRecord):
            problems.add(result)
            counts.failed += 1
            continue
        counts.events += len(result.events)
        counts.without_events += not result.events
        if request.why_none:
            if not result.events:
                view.reason(result, origin)
        else:
            view.document(result, origin)
    return counts


def noted(articles: Iterator[Article], origins: deque[str | None]) -> Iterator[Article]:
    """Pass articles on, and note where each was read."""
    for article in articles:
        origins.append(article.origin)
        yield article


def prepared(request: Request) -> tuple[Plan, Codes | None]:
    """Return the plan of the coder and, for one process, the coder: its errors come before any work."""
    from dragoman.coder import Coder, CoderPlan
    from dragoman.language.pipeline import pipeline_name

    if request.workers == 1:
        coder = Coder(request.pipeline, request.codebook, request.actors)
        return coder.plan, coder
    codebook = None if request.codebook is None else str(request.codebook)
    return CoderPlan(pipeline_name(request.pipeline), codebook, tuple(map(str, request.actors))), None


def read(request: Request, problems: Problems) -> Iterator[Article]:
    """Yield the articles of the inputs; what can't be read, and what was odd, goes to the problems."""
    from dragoman.model import Article

    for item in found(request):
        if isinstance(item, Article):
            problems.note(item)
            yield item
        else:
            problems.add(item)


def found(request: Request) -> Iterator[Article | Problem]:
    """Return what the inputs hold. Raises `ConfigError` at once for options that are not valid."""
    from dragoman.reading import read as read_inputs

    return read_inputs(
        request.inputs,
        date=request.date,
        input_format=request.input_format,  # type: ignore[arg-type]  # checked there, with advice
        text_field=request.text_field,
        id_field=request.id_field,
    )


def close(request: Request, counts: Counts, problems: Problems, *, notes: bool = True) -> int:
    """Say what was done, what was not, and what was odd unless a view said it; return the exit code."""
    sys.stdout.flush()
    problems.close()
    if not request.quiet:
        print(closing_line(counts, problems.number), file=sys.stderr)
    problems.show()
    if notes and not request.quiet:
        problems.show_notes()
    if counts.articles == counts.failed:
        if not problems.number:
            print("dragoman: no article was found in the inputs", file=sys.stderr)
        return NOTHING_DONE
    return SOME_PROBLEMS if problems.number else OK


def closing_line(counts: Counts, problems: int) -> str:
    """Return the line that ends a run: articles, events, articles without events, problems."""
    parts = (
        counted(counts.articles, "article"),
        counted(counts.events, "event"),
        f"{counted(counts.without_events, 'article')} without events",
        counted(problems, "problem"),
    )
    return ", ".join(parts)


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: `1 article`, `2,000 articles`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _is_regular(out: Path) -> bool:
    """Say whether an output is a file, or will be one; devices and pipes are written straight."""
    return out.is_file() or out.is_dir() or not out.exists()
