"""The whole flow on one page: the list of steps, and a coder that takes articles through it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from dragoman import __version__
from dragoman.actors import ActorStep, NameStep, load_gazetteer
from dragoman.actors.own_files import fingerprint_of
from dragoman.claims import AttributionStep, StatusStep
from dragoman.context import PlaceStep, TimeStep
from dragoman.draft import Draft
from dragoman.errors import ArticleError, ConfigError
from dragoman.events import EventStep, load_codebook
from dragoman.events.discarding import DISCARDED
from dragoman.events.judging import JudgeStep
from dragoman.events.prefilter import Prefilter
from dragoman.language.parsing import ParseStep
from dragoman.language.pipeline import load_pipeline, pipeline_name
from dragoman.language.sentences import SentenceStep
from dragoman.model import Article, CoderInfo, Document
from dragoman.processes import ProcessStep
from dragoman.reading import make_article
from dragoman.reading.dates import read_date
from dragoman.reading.languages import detect_language
from dragoman.reading.segmenting import SegmentStep
from dragoman.recording import freeze

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dragoman.draft import Step
    from dragoman.running import ErrorRecord

READ_LANGUAGE = "en"
GIVEN = ("article",)


class CoderPlan(msgspec.Struct, frozen=True):
    """What a worker needs to build the same coder: names and paths, nothing loaded."""

    pipeline: str
    codebook: str | None = None
    actors: tuple[str, ...] = ()

    def build(self) -> Coder:
        """Build the coder; raises `ConfigError` or `CodebookError` when a part is missing or faulty."""
        return Coder(pipeline=self.pipeline, codebook=self.codebook, actors=self.actors)


class Coder:
    """Codes articles into records.

    Args:
        pipeline: an installed English spaCy pipeline; None takes the default or the environment's.
        codebook: folder of a codebook; None takes the PLOVER codebook that comes with dragoman.
        actors: actors files of your own, whose names go before those of the package (docs/actors.md).

    Raises:
        ConfigError: when the pipeline is missing, an actors file is faulty or the steps do not fit together.
        CodebookError: when the codebook is faulty.
    """

    def __init__(
        self,
        pipeline: str | None = None,
        codebook: str | Path | None = None,
        actors: Sequence[str | Path] = (),
    ) -> None:
        paths = tuple(str(path) for path in actors)
        self.plan = CoderPlan(pipeline_name(pipeline), None if codebook is None else str(codebook), paths)
        self.nlp = load_pipeline(pipeline)
        self.codebook = load_codebook(None if codebook is None else Path(codebook))
        gazetteer = load_gazetteer(*paths)
        events = EventStep(self.codebook)
        attributions = AttributionStep()
        processes = ProcessStep()
        forms = attributions.trigger_forms | processes.trigger_forms
        selectors = (Prefilter(self.codebook).may_hold_event, lambda words: not forms.isdisjoint(words))
        self.steps: Sequence[Step] = (
            SegmentStep(),
            SentenceStep(),
            NameStep(gazetteer),
            ParseStep(self.nlp, selectors, processes.sufficient_forms),
            ActorStep(gazetteer),
            events,
            attributions,
            StatusStep(self.codebook),
            JudgeStep(self.codebook),
            TimeStep(),
            PlaceStep(),
            processes,
        )
        check_order(self.steps)
        meta = self.nlp.meta
        models = {"spacy": f"{meta['lang']}_{meta['name']}-{meta['version']}"}
        if paths:
            models["actors"] = fingerprint_of(paths)
        self.info = CoderInfo(__version__, self.codebook.fingerprint, models)

    def code(self, article: Article | str, date: str | None = None) -> Document:
        """Code one article.

        Args:
            article: an article, or its bare text.
            date: publication date `YYYY-MM-DD`; for an `Article` it fills in a missing one.

        Raises:
            ArticleError: when `date` is no date.
            RecordError: when the finished record breaks an invariant (a fault of dragoman; please report).
        """
        return freeze(self.draft(article, date), self.info)

    def draft(self, article: Article | str, date: str | None = None) -> Draft:
        """Take an article through the steps and return the draft before it is frozen."""
        draft = Draft(prepared(article, date))
        language = draft.article.language
        readable = language is None or language.split("-")[0].lower() == READ_LANGUAGE
        # Segments and sentences are given for any text; the rest reads English only.
        for step in self.steps if readable else self.steps[:2]:
            step(draft)
        if not draft.events:
            draft.warnings.append(f"no event: {why_no_event(draft, readable)}")
        return draft

    def stream(self, articles: Iterable[Article], workers: int = 1) -> Iterator[Document | ErrorRecord]:
        """Code many articles, in input order, in this process or in `workers` processes.

        An article that cannot be coded comes back as an `ErrorRecord`; the others are not touched by it.
        """
        from dragoman.running import stream

        return stream(self.plan, articles, workers=workers, coder=self)


def check_order(steps: Iterable[Step]) -> None:
    """Check that every step comes after those that give what it needs; raises `ConfigError`."""
    given = set(GIVEN)
    for step in steps:
        missing = set(step.needs) - given
        if missing:
            raise ConfigError(
                f"{type(step).__name__} needs {', '.join(sorted(missing))}, which no earlier step gives",
                advice="change the order of the steps",
            )
        given.update(step.gives)


def prepared(article: Article | str, date: str | None) -> Article:
    """Return an article with its language, and with `date` where it has none; a bare text becomes one.

    Raises `ArticleError` when `date` is no date or the text is blank.
    """
    if isinstance(date, str):
        day, why_not = read_date(date)
        if day is None:
            raise ArticleError(why_not or "the date is blank", advice="write YYYY-MM-DD")
        date = day
    if not isinstance(article, Article):
        return make_article(article, date=date)
    if date is not None and article.date is None:
        article = msgspec.structs.replace(article, date=date)
    if article.language is None:
        article = msgspec.structs.replace(article, language=detect_language(article.text))
    return article


def why_no_event(draft: Draft, readable: bool) -> str:
    """Say in one sentence why a draft has no event."""
    if not draft.text.strip():
        return "the text is empty"
    if not readable:
        return f"the text is in another language ({draft.article.language}); dragoman reads English"
    if any(warning.startswith(DISCARDED) for warning in draft.warnings):
        return "the codebook discards the article, or the sentences that might tell one"
    news = [s for s in draft.sentences if s.segment in ("body", "headline")]
    if not news:
        kinds = sorted({s.kind for s in draft.segments})
        return f"the text has no news body, only {', '.join(kinds)}"
    if not draft.names and not draft.mentions:
        return "no known actor is named"
    parsed = [s for s in news if s.parse is not None]
    if not parsed:
        return "no sentence has both an actor and a word that the codebook knows"
    told = [s for s in parsed if any(a.sentence is s for a in draft.attributions)]
    if len(told) == len(parsed):
        return "the text gives only statements and opinions, no act of one actor towards another"
    return (
        f"of {len(parsed)} sentences with an actor and a codebook word, "
        "none says that an actor does what the codebook lists"
    )
