"""Coders for tests: they make small true records without any language processing, or misbehave as told."""

from __future__ import annotations

import os
import re
import signal
import time
from pathlib import Path
from typing import NamedTuple

from dragoman import model

INFO = model.CoderInfo(version="0", codebook="fake", models={})
TOLD = re.compile(r"\b(\w+) (met|attacked) (\w+)")


def code(article: model.Article) -> model.Document:
    """Code "A met B" and "A attacked B", one event a telling; the same words again are a duplicate."""
    text = article.text
    entities: dict[str, model.Entity] = {}
    events: list[model.Event] = []
    sentences = tuple(model.Span(m.start(), m.end()) for m in re.finditer(r"[^.]*\S[^.]*\.?", text)) or (
        model.Span(0, len(text)),
    )

    def party(start: int, end: int) -> model.Party:
        name = text[start:end]
        mention = model.Mention(start, end, "name")
        known = entities.get(name)
        identity = known.id if known else f"n{len(entities) + 1}"
        mentions = (*known.mentions, mention) if known else (mention,)
        entities[name] = model.Entity(
            identity, name, "state", country=name[:3].upper(), sectors=("GOV",), mentions=mentions
        )
        return model.Party(identity, start, end, name, name[:3].upper(), ("GOV",))

    first: dict[str, int] = {}
    for found in TOLD.finditer(text):
        met = found[2] == "met"
        one, two = party(*found.span(1)), party(*found.span(3))
        event = model.Event(
            id=f"e{len(events) + 1}", type="CONSULT" if met else "ASSAULT", mode=None,
            contexts=("military",), status="occurred", content_status=None, historical=False,
            actors=(one, two) if met else (one,), recipients=() if met else (two,), reciprocal=met,
            trigger=model.Span(*found.span(2)),
            sentence=next(i for i, s in enumerate(sentences) if s.start <= found.start() < s.end),
            time=None, place=None, attribution=None, intensity=1.0, cameo="040", confidence=0.9,
            why=model.Why("frame", "CONSULT/meet", 0.9, {
                "type": model.Reason("stated", "frame CONSULT/meet", (model.Span(*found.span(2)),)),
            }),
        )  # fmt: skip
        if found[0] in first:
            head = first[found[0]]
            events[head] = model_with_duplicate(events[head], event.id)
        else:
            first[found[0]] = len(events)
        events.append(event)
    return model.Document(
        id=article.id, date=article.date, source=article.source, title=article.title, url=article.url,
        language="en", text=text, segments=(model.Segment("body", 0, len(text)),), sentences=sentences,
        entities=tuple(entities.values()), times=(), attributions=(), events=tuple(events), processes=(),
        coder=INFO, warnings=article.warnings if events else (*article.warnings, "no event: nobody met"),
    )  # fmt: skip


def model_with_duplicate(event: model.Event, other: str) -> model.Event:
    import msgspec

    return msgspec.structs.replace(event, duplicates=(*event.duplicates, other))


class Fake(NamedTuple):
    """A picklable plan for a coder. `marks` is a folder in which misbehaving once is remembered."""

    marks: str = ""
    delay: float = 0.0
    refuse: bool = False

    def build(self) -> Fake:
        if self.refuse:
            from dragoman.errors import ConfigError

            raise ConfigError("no pipeline of that name", advice="install one")
        return self

    def code(self, article: model.Article) -> model.Document:
        if self.delay:
            time.sleep(self.delay)
        if "RAISE" in article.text:
            raise ValueError(f"cannot bear {article.id}")
        if "PRINT" in article.text:
            print("noise on standard output")
        if "KILL-ALWAYS" in article.text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "KILL-ONCE" in article.text:
            mark = Path(self.marks) / article.id
            if not mark.exists():
                mark.touch()
                os.kill(os.getpid(), signal.SIGKILL)
        return code(article)


def article(number: int, text: str | None = None) -> model.Article:
    return model.Article(id=f"a{number}", text=text or f"Chad met Niger{number}.", origin=f"x.jsonl:{number}")
