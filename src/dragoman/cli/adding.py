"""What `dragoman add` does, apart from its options."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from dragoman.cli import coding
from dragoman.cli.exits import INTERRUPTED, NOTHING_DONE, OK, SOME_PROBLEMS
from dragoman.cli.problems import Problems
from dragoman.errors import ConfigError
from dragoman.model import Article, Document
from dragoman.running import ErrorRecord
from dragoman.running.streaming import check_workers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dragoman.cli.coding import Request
    from dragoman.cli.progress import Progress
    from dragoman.corpus import AddReport, Coded, Corpus
    from dragoman.model import CoderInfo
    from dragoman.reading.problem import Problem
    from dragoman.reading.sources import Source
    from dragoman.running.streaming import Codes, Plan

RECORDS = "records"


def run(path: Path, request: Request, recode: bool) -> int:
    """Add what was asked for; return the exit code. Raises `ConfigError` and `CorpusError`."""
    check_workers(request.workers)
    if not request.inputs and not recode:
        raise ConfigError("nothing to add", advice="name inputs, or give --recode")
    if request.input_format != RECORDS:
        coding.found(request)  # its options are checked before anything is made
    from dragoman.corpus import AddReport, Corpus

    with Corpus(path, create=True) as corpus:
        report = AddReport()
        addition = _Addition(corpus, request, Problems(path), report)
        try:
            addition.add(recode)
        except KeyboardInterrupt:
            addition.problems.close()
            after = coding.counted(report.coded, "article")
            print(
                f"dragoman: interrupted after {after}; the same command goes on from there", file=sys.stderr
            )
            return INTERRUPTED
        return _close(corpus, request, report, addition.problems)


class _Addition:
    """One call of the command: where its articles come from, and where they go."""

    def __init__(self, corpus: Corpus, request: Request, problems: Problems, report: AddReport) -> None:
        self.corpus = corpus
        self.request = request
        self.problems = problems
        self.report = report

    def add(self, recode: bool) -> None:
        """Add records first, which need no coder, then articles, then those that are there already."""
        from dragoman.cli.progress import progress

        records, articles = self._sources()
        with progress(self.request.inputs, quiet=self.request.quiet) as bar:
            try:
                self.corpus.add_to(self.report, self._all(records, articles, recode, bar))
            finally:
                self.problems.add_all(self.report.problems)

    def _all(
        self, records: list[Source], articles: list[Source], recode: bool, bar: Progress
    ) -> Iterator[Document | Coded | ErrorRecord]:
        from dragoman.corpus.record_files import read_records
        from dragoman.reading.problem import Problem

        for source in records:
            for item in read_records(source):
                if isinstance(item, Problem):
                    self.problems.add(item)
                else:
                    yield item
                    bar.advance()
        if articles or recode:
            yield from self._coded(articles, recode, bar)

    def _sources(self) -> tuple[list[Source], list[Source]]:
        """Return the inputs that hold records, and those that hold articles; what is neither is a problem."""
        from dragoman.corpus.record_files import holds_records
        from dragoman.reading.problem import Problem
        from dragoman.reading.sources import find_sources

        as_records = self.request.input_format == RECORDS
        given = "jsonl" if as_records else self.request.input_format
        records: list[Source] = []
        articles: list[Source] = []
        for source in find_sources(self.request.inputs, None, given):  # type: ignore[arg-type]
            if isinstance(source, Problem):
                self.problems.add(source)
            elif as_records or holds_records(source):
                records.append(source)
            else:
                articles.append(source)
        return records, articles

    def _coded(self, sources: list[Source], recode: bool, bar: Progress) -> Iterator[Coded | ErrorRecord]:
        """Code the articles that the run of this coder does not have yet."""
        from dragoman.corpus import Coded, adding

        plan, coder = coding.prepared(self.request)
        run = adding.run_of(self.corpus.connection, info_of(coder, plan))
        new = adding.fresh(self.corpus.connection, self._read(sources, bar), run, self.report)
        for articles in (new, adding.stored(self.corpus.connection, run) if recode else iter(())):
            stream = coding.resumable(plan, articles, Document.to_json, self.request.workers, coder)
            for article, data in stream:
                if isinstance(data, ErrorRecord):
                    yield data
                else:
                    yield Coded(Document.from_json(data), article.origin)

    def _read(self, sources: list[Source], bar: Progress) -> Iterator[Article]:
        """Yield the articles of the inputs; what can't be read, and what was odd, goes to the problems."""
        for item in self._found(sources):
            if isinstance(item, Article):
                bar.advance()
                self.problems.note(item)
                yield item
            else:
                self.problems.add(item)

    def _found(self, sources: list[Source]) -> Iterator[Article | Problem]:
        from dragoman.reading import read

        for source in sources:
            yield from read(
                "-" if source.path is None else source.path,
                date=self.request.date,
                input_format=source.format,
                text_field=self.request.text_field,
                id_field=self.request.id_field,
                unique_ids=False,  # the corpus tells the same article from another one of its id
            )


def info_of(coder: Codes | None, plan: Plan) -> CoderInfo:
    """Return which coder codes, as its records say it; a seam for tests."""
    # With several processes this one has no coder yet. Building it costs a second, once.
    info: CoderInfo = getattr(coder or plan.build(), "info")  # noqa: B009 (the protocol does not have it)
    return info


def _close(corpus: Corpus, request: Request, report: AddReport, problems: Problems) -> int:
    """Say what was done, what was not, and what was odd; return the exit code."""
    problems.close()
    if not request.quiet:
        print(closing_line(report, problems.number), file=sys.stderr)
        for line in notes(corpus, report):
            print(f"  note: {line}", file=sys.stderr)
    problems.show()
    if not request.quiet:
        problems.show_notes()
    if not report.coded and not report.unchanged:
        if problems.number:
            return NOTHING_DONE
        if request.inputs:
            print("dragoman: no article was found in the inputs", file=sys.stderr)
            return NOTHING_DONE
    return SOME_PROBLEMS if problems.number else OK


def closing_line(report: AddReport, problems: int) -> str:
    """Return the line that ends an addition."""
    recoded = report.coded - report.added
    parts = [f"{coding.counted(report.added, 'article')} added"]
    if recoded:
        parts.append(f"{recoded:,} coded anew")
    parts += [
        f"{report.unchanged:,} unchanged",
        coding.counted(report.events, "event"),
        f"{coding.counted(report.without_events, 'article')} without events",
        coding.counted(problems, "problem"),
    ]
    return ", ".join(parts)


def notes(corpus: Corpus, report: AddReport) -> Iterator[str]:
    """Yield what the user should know about the runs and corrections of the corpus."""
    from dragoman.corpus import corrections

    latest = corpus.latest_run()
    runs = corpus.query(
        "SELECT run, version, codebook, count(*) FROM runs JOIN records USING (run) GROUP BY ALL ORDER BY run"
    ).rows
    (whole,) = corpus.query("SELECT count(*) FROM articles").rows[0]
    for run, version, codebook, number in runs:
        if run in report.runs and number < whole:
            shown = "it is shown" if run == latest else f"run {latest} is shown"
            yield (
                f"run {run} (dragoman {version}, {codebook}) holds {number:,} of {whole:,} articles, and {shown}; "
                "--recode codes the others with this coder"
            )
    if report.coded:
        lost = corrections.unmatched(corpus.connection)
        for item in lost[:5]:
            yield f"the correction {item.correction.correction} finds nothing: {item.reason}"
        if len(lost) > 5:
            yield f"{len(lost) - 5:,} more such: `dragoman corrections list {corpus.path} --unmatched`"
