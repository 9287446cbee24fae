"""How many mentions of actors are found, with which country, and whether what refers back refers to the right one.

    python benchmarks/mentions.py TEXTS.jsonl --draw 60 --seed 2024
    python benchmarks/mentions.py TEXTS.jsonl --labels LABELS.jsonl [--as-coded] [--show]

The texts are not part of dragoman: any JSON Lines of `{id, date, text}` will do. `--draw` prints the ids of articles
drawn by a seed, to be labelled by hand. A line of labels is `{id, end, mentions: [{start, end, cluster, country}]}`:
all mentions of actors in the text up to `end`, with offsets into it; `cluster` is the same for all mentions of one
actor. No words of the text are needed.

A mention is found when one that was made ends where it ends, or covers at least half of it and is at most twice as
long. Country precision is over found mentions that were given a country. A link is a pronoun or a description that was
given to an entity spoken of before; it is right when the nearest earlier mention of that entity is in the same cluster.
"""

from __future__ import annotations

import argparse
import json
import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.running.threads import hold_to_one_thread

hold_to_one_thread()

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.coder import Coder


@dataclass(frozen=True)
class Mention:
    """A mention that was made, or one that was labelled (`of` is then its cluster)."""

    start: int
    end: int
    of: str
    country: str | None
    form: str = "name"


@dataclass
class Tally:
    """What is counted over all articles."""

    labelled: int = 0
    found: int = 0
    made: int = 0
    made_right: int = 0
    with_country: int = 0
    country_right: int = 0
    links: int = 0
    links_right: int = 0
    links_labelled: int = 0
    shown: list[str] = field(default_factory=list)


def mentions_of(coder: Coder, article: dict[str, Any], end: int, *, as_coded: bool) -> list[Mention]:
    """Return the mentions of actors that dragoman makes in the first `end` characters of an article."""
    from dragoman.actors import is_actor
    from dragoman.draft import Draft
    from dragoman.language.parsing import parse_all
    from dragoman.model import Article

    draft = Draft(Article(id=article["id"], text=article["text"], date=article.get("date"), language="en"))
    for step in coder.steps:
        step(draft)
        if type(step).__name__ == "ParseStep" and not as_coded:
            parse_all(draft.sentences, coder.nlp)
        if type(step).__name__ == "ActorStep":
            break
    return [
        Mention(m.start, m.end, str(id(m.entity)), m.entity.country, m.form)
        for m in draft.mentions
        if m.end <= end and is_actor(m.entity)
    ]


def matches(label: Mention, mention: Mention) -> bool:
    if label.end == mention.end:
        return True
    common = min(label.end, mention.end) - max(label.start, mention.start)
    size = label.end - label.start
    return common * 2 >= size and mention.end - mention.start <= 2 * size


def compare(labels: list[Mention], made: list[Mention], text: str, tally: Tally) -> None:
    """Count one article."""
    pairs: dict[int, Mention] = {}
    taken: set[int] = set()
    for label in labels:
        fitting = [n for n, m in enumerate(made) if n not in taken and matches(label, m)]
        if fitting:
            best = min(fitting, key=lambda n: (made[n].end != label.end, abs(made[n].start - label.start)))
            taken.add(best)
            pairs[best] = label
        else:
            tally.shown.append(f"missed   {text[label.start : label.end]!r} in {_around(text, label)!r}")
    tally.labelled += len(labels)
    tally.found += len(pairs)
    tally.made += len(made)
    for number, mention in enumerate(made):
        label = pairs.get(number)
        if label is None:
            tally.shown.append(
                f"too much {text[mention.start : mention.end]!r} in {_around(text, mention)!r}"
            )
        elif mention.country:
            tally.with_country += 1
            tally.country_right += mention.country == label.country
            if mention.country != label.country:
                tally.shown.append(
                    f"country  {text[mention.start : mention.end]!r}: {mention.country}, not {label.country}"
                )
        _link(number, mention, made, pairs, text, tally)
    seen: set[str] = set()
    for label in labels:
        tally.links_labelled += label.of in seen and not text[label.start].isupper()
        seen.add(label.of)


def _link(
    number: int, mention: Mention, made: list[Mention], pairs: dict[int, Mention], text: str, tally: Tally
) -> None:
    earlier = [n for n in range(number) if made[n].of == mention.of and made[n].end <= mention.start]
    if mention.form not in ("pronoun", "nominal") or not earlier:
        return
    tally.links += 1
    # What was made too much says nothing about the link; it is counted as a mention.
    found = [n for n in earlier if n in pairs]
    label, before = pairs.get(number), pairs[found[-1]] if found else None
    if label is not None and before is not None and label.of == before.of:
        tally.links_right += 1
    else:
        to = made[earlier[-1]]
        said = f"{text[mention.start : mention.end]!r} to {text[to.start : to.end]!r}"
        tally.shown.append(f"link     {said} in {_around(text, mention)!r}")


def _around(text: str, mention: Mention) -> str:
    return text[max(0, mention.start - 60) : mention.end + 40].replace("\n", " ")


def share(part: int, whole: int) -> str:
    return f"{part / whole:.3f} ({part} of {whole})" if whole else "-"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("texts", type=Path)
    parser.add_argument("--labels", type=Path)
    parser.add_argument("--draw", type=int, default=0, help="print the ids of so many articles")
    parser.add_argument("--seed", type=int, default=2024)
    parser.add_argument("--as-coded", action="store_true", help="parse only what coding parses")
    parser.add_argument("--show", action="store_true", help="print what is missed, too much or wrong")
    wanted = parser.parse_args(arguments)
    rows = [json.loads(line) for line in wanted.texts.read_text("utf-8").splitlines() if line.strip()]
    by_id = {row["id"]: row for row in rows}
    if wanted.draw:
        ids = sorted(by_id)
        random.Random(wanted.seed).shuffle(ids)
        print("\n".join(ids[: wanted.draw]))
    if wanted.labels is None:
        return
    from dragoman import Coder

    coder, tally = Coder(), Tally()
    labelled = [json.loads(line) for line in wanted.labels.read_text("utf-8").splitlines() if line.strip()]
    for one in labelled:
        article = by_id[one["id"]]
        labels = [Mention(m["start"], m["end"], m["cluster"], m["country"]) for m in one["mentions"]]
        made = sorted(
            mentions_of(coder, article, one["end"], as_coded=wanted.as_coded), key=lambda m: (m.start, m.end)
        )
        compare(labels, made, article["text"], tally)
    if wanted.show:
        print("\n".join(sorted(tally.shown)))
    print(f"{len(labelled)} articles")
    print(f"mention recall     {share(tally.found, tally.labelled)}")
    print(f"mention precision  {share(tally.found, tally.made)}")
    print(f"country precision  {share(tally.country_right, tally.with_country)}")
    print(f"link precision     {share(tally.links_right, tally.links)}")
    print(f"link recall        {share(tally.links_right, tally.links_labelled)}")


if __name__ == "__main__":
    main()
