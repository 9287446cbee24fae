"""Takes a text through the layers up to the actors, every sentence parsed."""

from __future__ import annotations

from dragoman.actors import ActorStep, NameStep
from dragoman.draft import Draft
from dragoman.language.parsing import parse_all
from dragoman.language.pipeline import load_pipeline
from dragoman.language.sentences import SentenceStep
from dragoman.model import Article, Segment


def actors_of(text: str, date: str | None = None, *, parse: bool = True) -> Draft:
    draft = Draft(Article(id="test", text=text, date=date))
    draft.segments = [Segment("body", 0, len(text))]
    SentenceStep()(draft)
    NameStep()(draft)
    if parse:
        parse_all(draft.sentences, load_pipeline())
    ActorStep()(draft)
    return draft
