"""What words that refer back may refer to: the mentions before them, weighed.

Candidates that disagree in number, gender or kind are left out by whoever asks; the rest are weighed by
grammatical place and distance, in the manner of Lappin and Leass (1994). Two of nearly one weight give none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.actors.gazetteer import word_set
from dragoman.draft import DraftEntity, DraftMention
from dragoman.language import grammar

if TYPE_CHECKING:
    from collections.abc import Callable

    from dragoman.actors.registry import Registry
    from dragoman.draft import Draft, Sentence
    from dragoman.syntax import Token

BACK = 3
# How much surer one candidate must be than the next.
_MARGIN = 12.0
_NOBODY_IN_PARTICULAR = frozenset({"any", "every", "no", "each"})


class Candidates:
    """The mentions before the words of one sentence."""

    def __init__(self, draft: Draft, registry: Registry, sentence: Sentence) -> None:
        self.draft = draft
        self.registry = registry
        self.sentence = sentence

    def _mention_headed(self, token: Token) -> DraftMention | None:
        end = self.sentence.end_of(token)
        start = self.sentence.start_of(token)
        found = [m for m in self.draft.mentions if m.end == end and m.start <= start]
        if not found and token.text[:1].isupper():
            # "Bank" heads "Bank of England".
            found = [m for m in self.draft.mentions if m.start <= start < m.end and self._head(m) is token]
        return max(found, key=lambda m: m.end - m.start, default=None)

    def _earlier(self, token: Token) -> list[tuple[DraftMention, float]]:
        """Return the mentions before a token, near ones only, with the weight of their place."""
        at = self.sentence.start_of(token)
        quoted = [id(e) for e in self._quoted_from(token)] if token.tag_ in ("PRP", "PRP$") else []
        found: list[tuple[DraftMention, float]] = []
        for mention in self.draft.mentions:
            source = mention.sentence
            if source is None or mention.end > at or source.segment != self.sentence.segment:
                continue
            distance = self.sentence.index - source.index
            if 0 <= distance <= BACK and id(mention.entity) not in quoted and not self._is_predicate(mention):
                found.append((mention, self._weight(mention, distance, token)))
        return found

    def _quoted_from(self, token: Token) -> list[DraftEntity]:
        """Return who is told to say the words that a token stands in: none of them is "he" or "they" there."""
        at = self.sentence.start_of(token)
        spans = self.registry.quotations()
        span = next(((s, e) for s, e in spans if s <= at < e), None)
        if span is None:
            return []
        found: list[DraftEntity] = []
        for mention in self.draft.mentions:
            source = mention.sentence
            if source is None or source.paragraph != self.sentence.paragraph:
                continue
            head = self._head(mention)
            node = grammar.first_conjunct(head) if head is not None else None
            if (
                node is None
                or node.dep_ != "nsubj"
                or node.head.lemma_.lower() not in word_set("of_speakers")
            ):
                continue
            if not any(s <= mention.start < e for s, e in spans):
                found.append(mention.entity)
        return found

    def _quoted_by(self, token: Token) -> set[int]:
        """Return who is spoken of in what a subject is quoted as saying: "“I love him,” the pensioner said"."""
        if token.dep_ != "nsubj" or token.head.lemma_.lower() not in word_set("speech"):
            return set()
        at = self.sentence.start_of(token)
        spans = [
            (s, e) for s, e in self.registry.quotations() if e > self.sentence.start and s < self.sentence.end
        ]
        if any(s <= at < e for s, e in spans):
            return set()
        return {
            id(m.entity)
            for m in self.draft.mentions
            if m.sentence is self.sentence and any(s <= m.start < e for s, e in spans)
        }

    def _head(self, mention: DraftMention) -> Token | None:
        """Return the token that heads a mention; asked often, so kept."""
        key = mention.start, mention.end
        heads = self.registry.heads
        if key not in heads:
            heads[key] = head_of(mention)
        return heads[key]

    def _is_predicate(self, mention: DraftMention) -> bool:
        """Tell whether a description only says what the subject is: "wants to be a footballer"."""
        head = self._head(mention) if mention.form == "nominal" else None
        return head is not None and head.dep_ == "attr"

    def _weight(self, mention: DraftMention, distance: int, token: Token) -> float:
        weight = 100.0 - 50.0 * distance
        head = self._head(mention)
        if head is not None:
            node = grammar.first_conjunct(head)
            if node.dep_ in ("nsubj", "nsubjpass"):
                weight += 30
                # The main clause's subject is what a text goes on about.
                if grammar.first_conjunct(grammar.clause_of(node)).dep_ == "ROOT":
                    weight += 12
            elif node.dep_ in ("dobj", "dative"):
                weight += 14
            elif node.dep_ == "poss":
                weight += 8
            elif node.dep_ == "pobj":
                weight += 6
                if mention.sentence is not None and node.i <= 2:
                    weight += 10  # "Under Putin, ...": a fronted phrase sets the topic.
            if (
                mention.form == "nominal"
                and node.dep_ == "pobj"
                and any(c.lower_ in ("a", "an") for c in node.lefts)
            ):
                weight -= 25  # "the raising of a child": whom nobody goes on about.
            elif mention.form == "nominal" and any(c.lower_ in _NOBODY_IN_PARTICULAR for c in node.lefts):
                weight -= 40  # "as any parent would": nobody in particular.
            elif node.dep_ in ("compound", "amod", "nmod", "appos"):
                weight -= 6
        if mention.form == "pronoun":
            weight += 6
        return weight

    def _coargument(self, token: Token, mention: DraftMention) -> bool:
        """Tell whether both are arguments of one verb, so that a plain pronoun cannot mean the other."""
        if token.lower_.endswith("self") or mention.sentence is not self.sentence:
            return False
        head = self._head(mention)
        if token.tag_ == "PRP$":
            # "Weiss became his friend": nobody is a friend of himself.
            return head is not None and _is_said_of(token.head, grammar.first_conjunct(head))
        if head is None:
            return False
        if mention.form == "name" and token.dep_ == "nsubj" and _is_in_report(head, token.head):
            return True  # "Ahmed has accepted, he said": who says so is not whom he names.
        if head.dep_ == "poss":
            return False
        verb = governing_verb(token)
        first = grammar.first_conjunct(head)
        return verb == governing_verb(first) or (verb is not None and _understood_subject(verb) == first)

    def _best(self, weighed: list[tuple[DraftMention, float]], margin: float = _MARGIN) -> DraftEntity | None:
        totals: dict[int, tuple[float, DraftEntity]] = {}
        for mention, weight in weighed:
            known = totals.get(id(mention.entity))
            if known is None or weight > known[0]:
                totals[id(mention.entity)] = (weight, mention.entity)
        ranked = sorted(totals.values(), key=lambda pair: -pair[0])
        if not ranked:
            return None
        if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < margin:
            return None
        return ranked[0][1]

    def _implied(
        self, token: Token, weighed: list[tuple[DraftMention, float]], fits: Callable[[DraftEntity], bool]
    ) -> DraftEntity | None:
        """Return whose official the sentence speaks of, where it names no candidate itself: "a NATO official said"."""
        if any(m.sentence is self.sentence for m, _ in weighed):
            return None
        at = self.sentence.start_of(token)
        found = {
            id(e): e for s, end, e in self.registry.implied if s is self.sentence and end <= at and fits(e)
        }
        return next(iter(found.values())) if len(found) == 1 else None

    def _group(self, members: list[DraftEntity]) -> DraftEntity:
        for entity in {id(m.entity): m.entity for m in self.draft.mentions}.values():
            own = [id(m) for m in entity.members or () if isinstance(m, DraftEntity)]
            if own and sorted(own) == sorted(id(m) for m in members):
                return entity
        name = " and ".join(m.name for m in members)
        kinds = {m.kind for m in members}
        kind = kinds.pop() if len(kinds) == 1 else "people"
        group = DraftEntity(name, kind if kind != "person" else "people", members=list(members), plural=True)
        group.confidence = 0.8
        self.registry.labels[id(group)] = set()
        return group

    def _replace(self, token: Token, entity: DraftEntity, start: int, end: int) -> None:
        own = self._mention_headed(token)
        if own is not None:
            start = min(start, own.start)
            self._drop(own)
        text = self.draft.text[start:end]
        if text.lower().startswith(("the ", "this ", "that ")):
            start += text.index(" ") + 1
        self.registry.add(entity, start, end, "nominal", self.sentence, "coreference")

    def _drop(self, mention: DraftMention) -> None:
        self.draft.mentions.remove(mention)
        mention.entity.mentions.remove(mention)


def head_of(mention: DraftMention) -> Token | None:
    """Return the token that heads the words of a mention, or None when they are not parsed."""
    sentence = mention.sentence
    if sentence is None or sentence.parse is None:
        return None
    tokens = sentence.tokens_in(mention.start, mention.end)
    inside = {t.i for t in tokens}
    heads = [t for t in tokens if t.dep_ == "ROOT" or t.head.i not in inside]
    return heads[-1] if heads else None


def governing_verb(token: Token) -> Token | None:
    """Return the verb whose argument a word is, through prepositions."""
    node = token.head
    while node.pos_ == "ADP" and node.dep_ != "ROOT":
        node = node.head
    return node if node.pos_ in ("VERB", "AUX") else None


def _is_said_of(noun: Token, subject: Token) -> bool:
    """Tell whether a predicate noun tells what a subject is to somebody else: "became his closest friend"."""
    return noun.dep_ == "attr" and subject.dep_ == "nsubj" and noun.head == subject.head


def _understood_subject(verb: Token) -> Token | None:
    """Return who does what a verb without a subject tells: the group in "The group failed to free them"."""
    if any(grammar.children(verb, "nsubj", "nsubjpass")):
        return None
    above = verb.head.head if verb.dep_ == "pcomp" else verb.head if verb.dep_ == "xcomp" else None
    if above is None:
        return None
    objects = list(grammar.children(above, "dobj")) if verb.dep_ == "xcomp" else []
    doers = objects or list(grammar.children(above, "nsubj", "nsubjpass"))
    return doers[0] if doers else _understood_subject(above)


def _is_in_report(token: Token, verb: Token) -> bool:
    """Tell whether a token stands in the clause that is the content of a verb."""
    return any(c.dep_ == "ccomp" and (c == token or c.is_ancestor(token)) for c in verb.children)
