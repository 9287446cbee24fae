"""Questions about words that somebody else marked: each layer on its own (contract, last section)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from dragoman.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dragoman.draft import Sentence

QUESTIONS = ("relate", "status", "actors", "times", "claims")


class Answerer(Protocol):
    """Answers one row: takes its fields, returns the fields to add; raises `ArticleError` when it can't."""

    def answer(self, row: dict[str, Any]) -> dict[str, Any]:
        """Return the fields to add to a row."""
        ...


def answerer(
    question: str, *, pipeline: str | None = None, codebook: str | None = None, actors: Sequence[str] = ()
) -> Answerer:
    """Return what answers a question: `relate`, `status`, `actors`, `times` or `claims`.

    Loads only the layers that the question needs; `actors` are actors files for the question of that name.

    Raises:
        ConfigError: for an unknown question, a missing pipeline or a faulty actors file.
    """
    if question == "actors":
        return _actors(actors)
    builders: dict[str, Callable[[str | None, str | None], Answerer]] = {
        "relate": _relater,
        "status": _status,
        "times": _times,
        "claims": _claims,
    }
    if question not in builders:
        raise ConfigError(f"there is no question {question!r}", advice=f"ask one of {', '.join(QUESTIONS)}")
    return builders[question](pipeline, codebook)


def _relater(pipeline: str | None, codebook: str | None) -> Answerer:
    from pathlib import Path

    from dragoman.events import load_codebook
    from dragoman.events.classifier import load_classifier
    from dragoman.events.relating import Relater
    from dragoman.language.parsing import parse_all
    from dragoman.language.pipeline import load_pipeline
    from dragoman.language.sentences import split_sentences
    from dragoman.model import Segment

    nlp = load_pipeline(pipeline)
    book = load_codebook(Path(codebook) if codebook else None)

    def parse(texts: Sequence[str]) -> list[list[Sentence]]:
        split = [split_sentences(text, [Segment("body", 0, len(text))]) for text in texts]
        parse_all([sentence for sentences in split for sentence in sentences], nlp)
        return split

    acts = tuple((code, act.type) for code, act in sorted(book.marked_acts.items()))
    return Relater(book, parse, load_classifier(book.classifier, acts) if book.classifier else None)


def _status(pipeline: str | None, codebook: str | None) -> Answerer:
    from dragoman.claims.asking import StatusAnswerer
    from dragoman.language.pipeline import load_pipeline

    return StatusAnswerer(load_pipeline(pipeline))


def _claims(pipeline: str | None, codebook: str | None) -> Answerer:
    from dragoman.claims.asking import ClaimsAnswerer
    from dragoman.language.pipeline import load_pipeline

    return ClaimsAnswerer(load_pipeline(pipeline))


def _actors(files: Sequence[str]) -> Answerer:
    from dragoman.actors.asking import ActorAnswerer
    from dragoman.actors.gazetteer import load_gazetteer

    return ActorAnswerer(load_gazetteer(*files))


def _times(pipeline: str | None, codebook: str | None) -> Answerer:
    from dragoman.context.asking import TimesAnswerer

    return TimesAnswerer()
