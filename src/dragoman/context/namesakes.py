"""Which of several places of one name is meant, and whether any is: by size, by what the text is about.

No place is better than a wrong one, so that a small town that nothing supports stays out.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

from dragoman.context import gazetteer

if TYPE_CHECKING:
    from dragoman.context.gazetteer import Entry
    from dragoman.draft import Draft, Sentence
    from dragoman.syntax import Token

_SURE_POPULATION = 100_000
# So many times as large a namesake is meant unless more than somebody's nationality speaks for the other.
_FAR_LARGER = 10
# Names so short mean towns all over the world, once their accents are gone.
_SHORT_NAME = 4


def resolve(
    name: str, sentence: Sentence, words: list[Token], draft: Draft | None, kind: str
) -> Entry | None:
    """Return the place that a name means here, or None when nothing speaks for any."""
    if name in gazetteer.adjectives() and name not in gazetteer.countries():
        return None  # "the Kazakh port": a town may once have had that name, too
    region = gazetteer.regions().get(name)
    if region is not None and region.geonames is None:
        return region
    if not kind or kind in ("state", "region", "province", "territory", "area"):
        country = gazetteer.countries().get(name)
        if country is not None:
            return country
    following = _following(words)
    towns = list(gazetteer.cities_named(name))
    for suffix in (" D.C.", " DC", " City"):
        if not towns and name.endswith(suffix):
            towns = list(gazetteer.cities_named(name.removesuffix(suffix)))
            towns = [t for t in towns if suffix == " City" or t.admin1 == "DC"]
    if following in gazetteer.countries() and not _only_in_region(towns, following):
        code = gazetteer.countries()[following].country
        towns = [t for t in towns if t.country == code]
        region = region if region is not None and region.country == code else None
    elif following in gazetteer.regions() and following != name:
        wider = gazetteer.regions()[following]
        inside = [
            t for t in towns if t.country == wider.country and (not wider.admin1 or t.admin1 == wider.admin1)
        ]
        towns = inside or towns
    if region is not None and kind not in ("city", "town", "village", "capital", "port", "suburb"):
        big = towns[0].population if towns else 0
        if big < 3_000_000:
            return region
    around = _countries_around(sentence, words, draft)
    best = max(towns, key=lambda t: (_score(t, around, name), t.population), default=None)
    if best is None:
        return None
    supported = following != "" and towns != list(gazetteer.cities_named(name))
    if not supported:
        best = _instead_of_far_smaller(best, towns, name, sentence, words, draft)
    if not supported and _by_chance(best, name, around, kind):
        return None
    supported = supported or (len(towns) == 1 and len(words) > 2)
    if (
        best.population >= _SURE_POPULATION
        or best.kind == "capital"
        or supported
        or kind
        or around.get(best.country, 0) >= 2
    ):
        return best
    return None


def _only_in_region(towns: list[Entry], name: str) -> bool:
    """Tell whether a name that is a country's and a region's can only mean the region here ("Athens, Georgia")."""
    region, country = gazetteer.regions().get(name), gazetteer.countries()[name].country
    return (
        region is not None
        and all(t.country != country for t in towns)
        and any(t.country == region.country and t.admin1 == region.admin1 for t in towns)
    )


def _following(words: list[Token]) -> str:
    """Return the country or region that stands after a comma ("Paris, Texas"), up to two words, or
    nothing."""
    last = words[-1]
    doc = last.doc
    if last.i + 2 >= len(doc) or doc[last.i + 1].text not in (",", "("):
        return ""
    for size in (3, 2, 1):
        after = doc[last.i + 2 : last.i + 2 + size]
        name = doc.text[after[0].idx : after[-1].idx + len(after[-1].text)]
        if name in gazetteer.countries() or name in gazetteer.regions():
            return name
    return ""


def _countries_around(sentence: Sentence, words: list[Token], draft: Draft | None) -> Counter[str]:
    """Return how strongly each country is present: in the phrase, in the sentence, in the text."""
    found: Counter[str] = Counter()
    adjectives, names = gazetteer.adjectives(), gazetteer.countries()
    assert sentence.parse is not None
    for token in sentence.parse:
        code = adjectives.get(token.text) or (names[token.text].country if token.text in names else "")
        if code and token not in words:
            near = abs(token.i - words[0].i) <= 5
            found[code] += 3 if near else 2
    if draft is not None:
        elsewhere: Counter[str] = Counter()
        for mention in draft.mentions:
            code = mention.entity.country or ""
            if not code or mention.entity.kind == "place":
                continue
            if sentence.start <= mention.start < sentence.end:
                found[code] += 2
            else:
                elsewhere[code] += 1
        for code, times in elsewhere.items():
            found[code] += 1 if times < 3 else 2
    return found


def _instead_of_far_smaller(
    best: Entry,
    towns: list[Entry],
    name: str,
    sentence: Sentence,
    words: list[Token],
    draft: Draft | None,
) -> Entry:
    """Return the far larger namesake of a town that only the nationality of who acts there speaks for.

    What does speak for the smaller one: its region or country beside it, its region in the text, or a text
    that names no other country than that one.
    """
    largest = next((t for t in towns if not _has_other_name(t, name)), best)
    if best.population * _FAR_LARGER > largest.population or largest.country == best.country:
        return best
    if _names_beside(sentence, words, best.country) or _region_is_named(sentence, draft, best):
        return best
    return best if _only_country(draft, best.country) else largest


def _names_beside(sentence: Sentence, words: list[Token], country: str) -> bool:
    """Tell whether the phrase of place itself names a country: "the Nigerian town of Gwoza"."""
    assert sentence.parse is not None
    adjectives, names = gazetteer.adjectives(), gazetteer.countries()
    head = next((w for w in words if w.head not in words), words[-1])
    above = head.head.head if head.dep_ == "pobj" and head.head.lower_ == "of" else head.head
    for token in (*head.lefts, *head.rights, *(above.lefts if above.pos_ == "NOUN" else ())):
        code = adjectives.get(token.text) or (names[token.text].country if token.text in names else "")
        if code == country and token not in words:
            return True
    return False


def _region_is_named(sentence: Sentence, draft: Draft | None, town: Entry) -> bool:
    """Tell whether the text names the state or province in which a town lies."""
    text = sentence.text if draft is None else draft.text
    return any(
        region.country == town.country and region.admin1 == town.admin1 and name in text
        for name, region in gazetteer.regions().items()
        if region.admin1
    )


def _only_country(draft: Draft | None, country: str) -> bool:
    """Tell whether the text names one country alone, and as a state, not only by an adjective."""
    if draft is None:
        return False
    named = [m for m in draft.mentions if m.entity.country and m.entity.kind != "place"]
    if any(m.entity.country != country for m in named):
        return False
    adjectives = gazetteer.adjectives()
    return any(m.entity.kind == "state" and draft.text[m.start : m.end] not in adjectives for m in named)


def _by_chance(town: Entry, name: str, around: Counter[str], kind: str) -> bool:
    """Tell whether a town only chances to have the name of a place that the gazetteer does not know."""
    if town.kind == "capital" or not around or around[town.country]:
        return False
    if kind in ("village", "hamlet"):
        return town.population >= _SURE_POPULATION
    return town.name != name and len(name) <= _SHORT_NAME and town.population < 1_000_000


def _has_other_name(town: Entry, name: str) -> bool:
    return town.name[:3] != name[:3] and not (name.startswith("St") and town.name.startswith("Saint"))


def _score(town: Entry, around: Counter[str], name: str) -> float:
    score = math.log10(town.population + 1000)
    # An old or foreign name of a great city says less than the name itself of a smaller one.
    if _has_other_name(town, name):
        score -= 1.5
    elif town.kind == "capital":
        score += 1.5
    return score + min(around.get(town.country, 0), 4) * 0.9
