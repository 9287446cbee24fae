"""Where a process takes place or is to take place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman import model
from dragoman.actors import is_actor
from dragoman.context.gazetteer import town
from dragoman.context.places import find_places
from dragoman.draft import DraftSite
from dragoman.language import grammar
from dragoman.processes.attributing import said_at
from dragoman.processes.timing import FIRMNESS, STATUS_OF_DATE

if TYPE_CHECKING:
    from dragoman.context.places import PlaceHit
    from dragoman.draft import Draft, DraftMention, Sentence
    from dragoman.processes.lexicon import Lexicon
    from dragoman.processes.phrases import ProcessMention
    from dragoman.processes.status import Evidence
    from dragoman.syntax import Token

LOCATING = ("in", "at")
# Of these the process is what one travels for: where one travels to is where it takes place.
TRAVELLED_FOR = frozenset({"for", "to", "infinitive"})


def sites_of(
    draft: Draft, evidence: list[Evidence], kind: str, lexicon: Lexicon, status: str | None = None
) -> list[DraftSite]:
    """Return the statements about where the process takes place, in text order, each once.

    `status` is that of the process, for the statements whose own governing words give none.
    """
    found: dict[tuple[int, int], DraftSite] = {}
    hits: dict[int, list[PlaceHit]] = {}
    for item in evidence:
        sentence = item.mention.sentence
        if sentence.index not in hits:
            hits[sentence.index] = find_places(sentence, draft)
        stated = STATUS_OF_DATE[item.verdict.status or status or "possible"]
        for head in _heads(draft, item, kind, lexicon):
            compound = head.dep_ in ("compound", "nmod")
            place = _place(draft, sentence, head, hits[sentence.index], compound=compound)
            if place is None:
                continue
            known = found.get((place.start, place.end))
            if known is None or FIRMNESS.index(stated) > FIRMNESS.index(known.status):
                said = said_at(draft, place.start, place.end)
                found[place.start, place.end] = DraftSite(place.start, place.end, place, stated, said)
    return [found[span] for span in sorted(found)]


def best_place(sites: list[DraftSite]) -> model.Place | None:
    """Return the place of the firmest statement; of equally firm ones the first."""
    best = max(sites, key=lambda site: (FIRMNESS.index(site.status), -site.start), default=None)
    return None if best is None else best.place


def _heads(draft: Draft, item: Evidence, kind: str, lexicon: Lexicon) -> list[Token]:
    """Return the words at which the place of a process may stand."""
    mention = item.mention
    heads: list[Token] = []
    for preposition in LOCATING:
        heads.extend(grammar.prepositional_objects(mention.token, preposition))
        heads.extend(_nested(draft, mention, preposition))
    if kind == "visit":
        heads.extend(grammar.prepositional_objects(mention.token, "to"))
        if mention.by_verb:
            heads.extend(grammar.children(mention.token, "dobj"))
    if not mention.by_verb:
        heads.extend(c for c in mention.token.lefts if c.dep_ in ("compound", "nmod"))
    heads.extend(_of_governors(item, lexicon))
    return heads


def _nested(draft: Draft, mention: ProcessMention, preposition: str) -> list[Token]:
    """Return the objects of "in" below a joined noun ("a summit with Kenya in Nairobi")."""
    found: list[Token] = []
    for child in mention.token.rights:
        if child.dep_ != "prep" or child.lower_ not in ("of", "with", "between", "on", "by", "to"):
            continue
        for obj in grammar.children(child, "pobj"):
            for part in grammar.conjuncts(obj):
                party = draft.mention_at(mention.sentence, part)
                if child.lower_ == "with" and (party is None or not is_actor(party.entity)):
                    continue  # "with the crisis in Sudan on its agenda"
                found.extend(grammar.prepositional_objects(part, preposition))
    return found


def _of_governors(item: Evidence, lexicon: Lexicon) -> list[Token]:
    heads: list[Token] = []
    for link in item.verdict.links:
        cue = link.cue
        if cue is None and link.place not in ("self",):
            continue
        taking_place = (
            cue is None or cue.status in ("tense", "scheduled", "ongoing") or cue.status in lexicon.ends
        )
        verb = link.token.head if link.token.pos_ in ("ADP", "ADJ", "ADV") else link.token
        for preposition in LOCATING if taking_place else ():
            heads.extend(grammar.prepositional_objects(verb, preposition))
            if verb != link.token and link.place == "subject":
                heads.extend(_nested_below(link.token, preposition))
            for child in grammar.children(link.token, "dobj", "npadvmod", "prep"):
                heads.extend(_nested_below(child, preposition))
        if link.place == "object" and link.token.lemma_.lower() in lexicon.qualifiers.moving:
            heads.extend(grammar.prepositional_objects(link.token, "to"))
        if link.place in TRAVELLED_FOR and cue is not None and cue.pos == "verb":
            objects = grammar.prepositional_objects(link.token, "to")
            heads.extend(o for o in objects if o != item.mention.token)
            for child in grammar.children(link.token, "dobj"):
                heads.extend(grammar.prepositional_objects(child, "to"))
    return heads


def _nested_below(token: Token, preposition: str) -> list[Token]:
    found = grammar.prepositional_objects(token, preposition)
    if token.dep_ == "prep":
        for obj in grammar.children(token, "pobj"):
            found.extend(grammar.prepositional_objects(obj, preposition))
    return found


def _place(
    draft: Draft, sentence: Sentence, head: Token, hits: list[PlaceHit], *, compound: bool
) -> model.Place | None:
    covering = draft.mention_at(sentence, head)
    if covering is not None and covering.entity.kind in ("place", "state"):
        return None if compound and covering.entity.kind == "state" else of_mention(draft, covering)
    for hit in hits:
        # "in the northern city of Kunduz": the phrase of place holds "city".
        if hit.token == head or (hit.token.head.lower_ == "of" and hit.token.head.head == head):
            return hit.place()
    return None


def of_mention(draft: Draft, mention: DraftMention) -> model.Place:
    """Return the place that a mention of a place or state names; a town with its coordinates."""
    entity = mention.entity
    known = town(entity.name, entity.country) if entity.kind == "place" else None
    return model.Place(
        name=entity.name,
        country=entity.country,
        lat=known.lat if known else None,
        lon=known.lon if known else None,
        geonames=known.geonames if known else entity.ids.get("geonames"),
        start=mention.start,
        end=mention.end,
    )
