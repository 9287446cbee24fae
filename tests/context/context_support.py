"""Drafts with one event on a named word, made without the layers before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.draft import Draft, DraftEvent
from dragoman.language.parsing import parse_all
from dragoman.language.pipeline import load_pipeline
from dragoman.language.sentences import split_sentences
from dragoman.model import Article, Segment

if TYPE_CHECKING:
    from dragoman import model


def draft_with_event(
    text: str, word: str, date: str | None = "2020-07-14", status: model.Status = "occurred"
) -> tuple[Draft, DraftEvent]:
    """Parse a text and put an event on the first token that reads `word`."""
    draft = Draft(Article(id="test", text=text, date=date))
    draft.segments = [Segment("body", 0, len(text))]
    draft.sentences = split_sentences(text, draft.segments)
    parse_all(draft.sentences, load_pipeline())
    sentence, token = next((s, t) for s in draft.sentences for t in (s.parse or ()) if t.text == word)
    trigger = (sentence.start_of(token), sentence.end_of(token))
    event = DraftEvent(sentence, token, trigger, "CONSULT", "test", 1.0, status=status)
    draft.events.append(event)
    return draft, event
