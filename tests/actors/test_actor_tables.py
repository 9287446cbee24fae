from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from actors.layer import actors_of
from dragoman.actors import is_actor
from dragoman.draft import Draft, DraftEntity, DraftMention

TABLES = Path(__file__).parents[1] / "language_tables"


def rows(name: str) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = yaml.safe_load((TABLES / name).read_text("utf-8"))
    return loaded


def mention_of(draft: Draft, words: str) -> DraftMention | None:
    word, _, nth = words.partition("#")
    at = -1
    for _ in range(int(nth or 1)):
        at = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)").search(draft.text, at + 1).start()  # type: ignore[union-attr]
    exact = [m for m in draft.mentions if m.start == at and m.end == at + len(word)]
    ending = [m for m in draft.mentions if m.start <= at and m.end == at + len(word)]
    return next(iter(exact or ending), None)


def names(entity: DraftEntity) -> list[str]:
    return [m.name if isinstance(m, DraftEntity) else m for m in entity.members or ()]


@pytest.mark.parametrize("row", rows("actors.yaml"), ids=lambda r: f"{r['text'][:40]}|{r['mention']}")
def test_mention_stands_for_the_right_actor(row: dict[str, Any]) -> None:
    draft = actors_of(row["text"], str(row["date"]) if "date" in row else None)
    mention = mention_of(draft, row["mention"])
    if row.get("none"):
        assert mention is None or not is_actor(mention.entity)
        return
    assert mention is not None, [draft.text[m.start : m.end] for m in draft.mentions]
    entity = mention.entity
    for key in ("name", "kind", "country"):
        if key in row:
            assert getattr(entity, key) == row[key], key
    if "sectors" in row:
        assert list(entity.sectors) == row["sectors"]
    if "form" in row:
        assert mention.form == row["form"]
    if "office" in row:
        assert (entity.office.title if entity.office else None) == row["office"]
    for key, value in row.get("ids", {}).items():
        assert entity.ids.get(key) == value
    assert set(row.get("members", ())) <= set(names(entity))
    assert not set(row.get("without", ())) & set(names(entity))


@pytest.mark.parametrize("row", rows("coreference.yaml"), ids=lambda r: f"{r['text'][:50]}|{r['word']}")
def test_word_refers_to_the_right_entity(row: dict[str, Any]) -> None:
    draft = actors_of(row["text"], str(row["date"]) if "date" in row else None)
    mention = mention_of(draft, row["word"])
    if "members" in row:
        found = names(mention.entity) if mention is not None else None
        assert (found or None) == row["members"]
    elif row["entity"] is None:
        known = {m.entity.name for m in draft.mentions if m.form == "name"}
        assert mention is None or mention.entity.name not in known
    else:
        assert mention is not None
        assert mention.entity.name == row["entity"]
