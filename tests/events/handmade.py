"""Drafts with hand-built mentions: countries, their people and officials, by the table of states alone.

So that frames can be tested without the actors layer: a country's name or capital is the state; an adjective
or demonym before a noun that acts for its country makes one mention of the two.
"""

from __future__ import annotations

import csv
import functools
import importlib.resources
import re

from dragoman.draft import Draft, DraftEntity, DraftMention
from dragoman.events import EventStep, load_codebook
from dragoman.language.parsing import parse_all
from dragoman.language.pipeline import load_pipeline
from dragoman.language.sentences import split_sentences
from dragoman.model import Article, Segment


@functools.cache
def names() -> dict[str, str]:
    path = importlib.resources.files("dragoman") / "data" / "actors" / "states.csv"
    found: dict[str, str] = {}
    with path.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            cells = [row["name"], row["demonym"], row["capitals"]]
            cells += [row["aliases"], row["adjectives"], row["demonyms"]]
            for cell in cells:
                for name in cell.split("|"):
                    if len(name) > 1:
                        found.setdefault(name, row["iso3"])
    return found


@functools.cache
def pattern() -> re.Pattern[str]:
    longest = sorted(names(), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest)) + r")(?!\w)")


@functools.cache
def step() -> EventStep:
    return EventStep(load_codebook())


def draft_of(text: str) -> Draft:
    """Return a draft of one article with every sentence parsed, countries as mentions, events coded."""
    draft = Draft(Article(id="t", text=text, date="2024-05-01"), segments=[Segment("body", 0, len(text))])
    draft.sentences = split_sentences(text, draft.segments)
    parse_all(draft.sentences, load_pipeline())
    entities: dict[tuple[str, str], DraftEntity] = {}
    for sentence in draft.sentences:
        for match in pattern().finditer(sentence.text):
            start, end = sentence.start + match.start(), sentence.start + match.end()
            country = names()[match.group()]
            tokens = sentence.tokens_in(start, end)
            last = tokens[-1]
            noun = last.head if last.dep_ in ("amod", "compound", "nmod") and last.head.i > last.i else None
            who = ""
            if noun is not None and noun.lemma_.lower() in load_codebook().words["collectives"]:
                end, who = sentence.end_of(noun), noun.lemma_.lower()
            entity = entities.get((country, who))
            if entity is None:
                kind = "state" if not who else "people"
                entity = DraftEntity(country, kind, country, ("GOV",) if who else ())  # type: ignore[arg-type]
                entities[country, who] = entity
                draft.entities.append(entity)
            form = "nominal" if who else "name"
            mention = DraftMention(start, end, form, entity, sentence)  # type: ignore[arg-type]
            if any(m.start == start for m in draft.mentions):
                continue
            entity.mentions.append(mention)
            draft.mentions.append(mention)
    step()(draft)
    return draft
