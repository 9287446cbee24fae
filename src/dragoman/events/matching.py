"""Frames on the parse: which words of a sentence are a trigger, and where their roles stand.

Frames are indexed by the lemma of their head, so that a token meets only the frames it may head.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dragoman.events.conditions import (
    first_filled,
    holds,
    is_demanded,
    is_future,
    prep_holds,
    prep_words,
)
from dragoman.events.places import Places, step
from dragoman.events.prefilter import conditions_of
from dragoman.events.word_order import find, read_patterns
from dragoman.events.wordsets import head_place, words
from dragoman.language import arguments, grammar
from dragoman.language.inflection import word_forms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from dragoman.events.codebook import Codebook, EventType, Frame, Trigger
    from dragoman.events.word_order import WordOrder
    from dragoman.syntax import Parse, Token

# Verbs so placed modify a noun; they tell no event of their own ("the condemned man").
_NOT_PREDICATES = frozenset({"amod", "compound", "aux", "auxpass", "poss", "prep"})
_OBJECT_LABELS = frozenset({"dobj", "nsubjpass", "attr", "oprd"})
# Where an -ing form is a noun ("fighting resumed").
_NOUN_PLACES = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "pobj", "dobj", "pcomp"})
# What each condition of a frame adds when frames compete for the same words.
_SPECIFICITY = 0.02
# A pattern of words is a whole entry of a dictionary: it goes before every frame without one.
_PATTERN = 0.3


@dataclass(slots=True, eq=False)
class Match:
    """A frame that fits a sentence, before its roles are filled.

    `head` heads the trigger, `verb` is the verb that carries tense (the light verb of a noun), `words` are
    all tokens of the trigger, `strength` ranks competing matches.
    """

    type: EventType
    frame: Frame
    head: Token
    verb: Token
    words: list[Token]
    places: Places
    content: list[Token] = field(default_factory=list)
    topics: list[Token] = field(default_factory=list)
    strength: float = 0.0
    presupposed: bool = False


class Matcher:
    """Finds the frames of a codebook in parsed sentences."""

    def __init__(self, codebook: Codebook) -> None:
        self.codebook = codebook
        self._verbs: dict[str, list[tuple[EventType, Frame, str]]] = {}
        self._nouns: dict[str, list[tuple[EventType, Frame, str]]] = {}
        self._adjectives: dict[str, list[tuple[EventType, Frame, str]]] = {}
        lists = codebook.words
        # With their forms, since the lemmatizer is wrong about some ("waging" → "wag").
        self._light = frozenset(f for v in lists.get("light_verbs", ()) for f in word_forms(v))
        self._happen = frozenset(lists.get("happening_verbs", ()))
        self._happen_after = frozenset(lists.get("happening_preps", ()))
        self._causing = frozenset(lists.get("causing_verbs", ()))
        self._quantities = frozenset(lists.get("quantities", ()))
        self._opaque = frozenset(lists.get("opaque_words", ()))
        self._moments = frozenset(lists.get("moments", ()))
        self._asked: dict[int, tuple[frozenset[str], ...]] = {}
        self._patterns: dict[tuple[str, ...], tuple[WordOrder, ...]] = {}
        self._parties: AbstractSet[int] = frozenset()
        for event_type, frame in codebook.frames():
            self._index(event_type, frame)
        self._forms = {form: lemma for lemma in self._verbs for form in sorted(word_forms(lemma))}

    def _index(self, event_type: EventType, frame: Frame) -> None:
        trigger = frame.trigger
        for lemma in trigger.verb:
            self._verbs.setdefault(lemma.split()[0], []).append((event_type, frame, lemma))
        for lemma in trigger.noun:
            for phrase in dict.fromkeys((tuple(lemma.replace("-", " ").split()), tuple(lemma.split()))):
                head = phrase[head_place(phrase)]
                self._nouns.setdefault(head, []).append((event_type, frame, lemma))
        for lemma in trigger.adjective:
            self._adjectives.setdefault(lemma, []).append((event_type, frame, lemma))

    def evidence(self, doc: Parse) -> Iterator[tuple[Token, EventType, Frame]]:
        """Yield every frame whose head lemma stands in a sentence, whether or not its conditions hold."""
        for token in doc:
            for index, forms in ((self._verbs, self._forms), (self._nouns, None), (self._adjectives, None)):
                for event_type, frame, _ in _entries(index, token, forms):
                    yield token, event_type, frame

    def match(
        self,
        doc: Parse,
        named: AbstractSet[int] = frozenset(),
        parties: AbstractSet[int] = frozenset(),
    ) -> list[Match]:
        """Return every match of a sentence, in text order, strongest first for one head.

        Words of a name, by their index in `named`, tell nothing: "Save the Children". `parties` are the
        tokens that name somebody, for patterns that ask for one.
        """
        self._parties = parties
        found: list[Match] = []
        for token in doc:
            if token.is_punct or token.is_space or token.i in named:
                continue
            if token.pos_ in ("VERB", "AUX"):
                if token.dep_ not in _NOT_PREDICATES:
                    found.extend(self._verbal(token))
                    found.extend(self._adjectival(token))
                if token.tag_ == "VBG" and token.dep_ in _NOUN_PLACES:
                    found.extend(self._nominal(token))
            elif token.pos_ in ("NOUN", "PROPN"):
                found.extend(self._nominal(token))
            elif token.pos_ in ("ADJ", "ADV"):
                found.extend(self._adjectival(token))
        found.sort(key=lambda m: (m.head.i, -m.strength, m.type.type, m.frame.id))
        return found

    def _verbal(self, verb: Token) -> Iterator[Match]:
        done: set[int] = set()
        for event_type, frame, lemma in _entries(self._verbs, verb, self._forms):
            # Most frames of a common verb ask for a word that the sentence does not have: no need to look where.
            if id(frame) in done or not self._may_fit(frame, verb.doc.vocabulary):
                continue
            places = Places(verb)
            fitted = self._fits_verb(verb, frame.trigger, lemma, places)
            if fitted is not None:
                done.add(id(frame))
                yield self._matched(event_type, frame, verb, verb, [verb, *fitted], places)

    def _may_fit(self, frame: Frame, words: frozenset[str]) -> bool:
        """Tell whether a sentence has a form of one word for each condition of a frame."""
        asked = self._asked.get(id(frame))
        if asked is None:
            asked = self._asked[id(frame)] = tuple(conditions_of(frame.trigger, self.codebook.words))
        return all(not words.isdisjoint(forms) for forms in asked)

    def _fits_verb(self, verb: Token, trigger: Trigger, lemma: str, places: Places) -> list[Token] | None:
        """Return the further trigger words when a verb fits, else None."""
        extra: list[Token] = []
        named = (*trigger.particle, *lemma.split()[1:])
        particles = [
            c for c in grammar.children(verb, "prt", "advmod", "prep") if c.lower_ in named and c.i > verb.i
        ]
        if named and not particles:
            return None
        if not named and not trigger.patterns and any(c.dep_ == "prt" for c in verb.children):
            return None
        if any(c.lower_ in trigger.not_particle for c in grammar.children(verb, "prt", "advmod", "prep")):
            return None
        if particles:
            extra.append(particles[0])
            places.particle = particles[0]
        if trigger.passive is not None and grammar.is_passive(verb) != trigger.passive:
            return None
        things = places.objects()
        if trigger.object:
            held = [t for t in self._counted(things) if words(trigger.object).matches(t)]
            if not held:
                return None
            if "*" not in trigger.object:
                extra.append(held[0])
        if trigger.not_object and any(words(trigger.not_object).matches(t) for t in self._counted(things)):
            return None
        return self._fits_rest(verb, trigger, places, extra)

    def _orders(self, patterns: tuple[str, ...]) -> tuple[WordOrder, ...]:
        """Return the patterns of a frame, read when a sentence first asks for them."""
        orders = self._patterns.get(patterns)
        if orders is None:
            orders = self._patterns[patterns] = read_patterns(patterns, self.codebook.words)
        return orders

    def _counted(self, tokens: Iterable[Token]) -> list[Token]:
        """Return tokens, and after a noun of quantity what it counts ("thousands of refugees")."""
        found: list[Token] = []
        for token in tokens:
            found.append(token)
            if token.lemma_.lower() in self._quantities or token.pos_ == "NUM":
                found.extend(grammar.prepositional_objects(token, "of"))
        return found

    def _fits_rest(
        self, head: Token, trigger: Trigger, places: Places, extra: list[Token]
    ) -> list[Token] | None:
        """Check the conditions that verbs, nouns and adjectives share."""
        if trigger.patterns:
            found = find(self._orders(trigger.patterns), head, self._parties)
            if found is None:
                return None
            places.slots, places.pattern_size = found.slots, found.size
            extra.extend(found.tokens)
        if trigger.scene and not any(map(words(trigger.scene).matches, head.doc)):
            return None
        if trigger.not_scene and any(map(words(trigger.not_scene).matches, head.doc)):
            return None
        if trigger.future is not None and trigger.future != is_future(places):
            return None
        if trigger.demanding and not any(map(is_demanded, places.find("clause"))):
            return None
        if trigger.negated is not None and grammar.is_negated(head) != trigger.negated:
            return None
        doers = self._counted(places.find("subject")) if trigger.subject or trigger.not_subject else []
        if trigger.subject and not any(words(trigger.subject).matches(t) for t in doers):
            return None
        barred = words(trigger.not_subject)
        if trigger.not_subject and any(barred.matches(t) for d in doers for t in _with_title(d)):
            return None
        described = step(head, "modifier") if trigger.modifier or trigger.not_modifier else []
        if trigger.modifier:
            fitting = [t for t in described if words(trigger.modifier).matches(t)]
            if not fitting:
                return None
            extra.append(fitting[0])
        if trigger.not_modifier and any(words(trigger.not_modifier).matches(t) for t in described):
            return None
        if trigger.prep:
            held = [prep_words(places, p, items, self._moments) for p, items in trigger.prep.items()]
            if not any(held):
                return None
            extra.extend(
                t
                for (_, items), found in zip(trigger.prep.items(), held, strict=True)
                if "*" not in items
                for t in found
            )
        if any(prep_holds(head, p, items, self._moments) for p, items in trigger.not_prep.items()):
            return None
        if trigger.complement and not any(holds(places, k, i, extra) for k, i in trigger.complement.items()):
            return None
        if any(holds(places, k, items, []) for k, items in trigger.not_complement.items()):
            return None
        return extra

    def _adjectival(self, token: Token) -> Iterator[Match]:
        for event_type, frame, _ in _entries(self._adjectives, token):
            if token.pos_ == "VERB" and not grammar.children(token, "auxpass", "aux", "cop"):
                continue
            if token.dep_ in ("amod", "compound"):
                continue
            places = Places(token, predicative=True)
            extra = self._fits_rest(token, frame.trigger, places, [])
            if extra is not None:
                verb = token.head if token.dep_ in ("acomp", "attr", "oprd") else token
                yield self._matched(event_type, frame, token, verb, [token, *extra], places)

    def _nominal(self, noun: Token) -> Iterator[Match]:
        entries = _entries(self._nouns, noun)
        if not entries or noun.dep_ in ("compound", "amod", "nmod", "npadvmod"):
            return
        light = self.light_verb(noun)
        happens = light or self._happening_verb(noun)
        presupposed = happens is None and not self._after_happening(noun)
        done: set[int] = set()
        for event_type, frame, lemma in entries:
            if id(frame) in done:
                continue
            if len(lemma.replace("-", " - ").split()) > 1 and not words((lemma,)).matches(noun):
                continue
            places = Places(noun, light)
            extra = self._fits_rest(noun, frame.trigger, places, [])
            if extra is None:
                continue
            done.add(id(frame))
            head_words = [light, noun, *extra] if light is not None else [noun, *extra]
            match = self._matched(event_type, frame, noun, happens or noun, head_words, places)
            match.presupposed = presupposed
            yield match

    def _is_light(self, verb: Token) -> bool:
        return verb.lemma_.lower() in self._light or verb.lower_ in self._light

    def light_verb(self, noun: Token) -> Token | None:
        """Return the verb that only carries a noun: "launched an attack", "talks were held"."""
        noun = grammar.first_conjunct(noun)
        if noun.dep_ in _OBJECT_LABELS and self._is_light(noun.head):
            return noun.head
        if (
            noun.dep_ == "pobj"
            and noun.head.dep_ in ("prep", "prt")
            and noun.head.lower_ in ("in", "into", "out", "to")
        ):
            verb = noun.head.head
            if verb.pos_ == "VERB" and self._is_light(verb) and not grammar.children(verb, "dobj"):
                return verb
        for child in noun.children:
            carries = child.dep_ in ("acl", "relcl") and self._is_light(child)
            if carries and any(t.i == noun.i for t in arguments.logical_objects(child)):
                return child
        return None

    def _happening_verb(self, noun: Token) -> Token | None:
        """Return the verb that says that the noun takes place, or None."""
        noun = grammar.first_conjunct(noun)
        if noun.dep_ not in ("nsubj", "nsubjpass", "csubj", "csubjpass"):
            return None
        verb = noun.head
        lemma = verb.lemma_.lower()
        if lemma in self._happen and (noun.dep_ in ("nsubj", "csubj") or self._is_light(verb)):
            return verb
        return None

    def _after_happening(self, noun: Token) -> bool:
        """Tell whether a noun is told as something that was: "after talks with", "during a visit to"."""
        noun = grammar.first_conjunct(noun)
        if noun.dep_ == "ROOT":
            return True
        if noun.dep_ in ("nsubj", "nsubjpass"):
            # What has had an effect or a reception has happened: "the strike drew protests".
            return _is_told_as_past(noun.head) and noun.head.lemma_.lower() not in self._opaque
        if noun.dep_ == "dobj":
            # So has what something has brought about: "the blast sparked riots".
            return noun.head.lemma_.lower() in self._causing and _is_told_as_past(noun.head)
        if noun.dep_ != "pobj" or noun.head.lower_ not in self._happen_after:
            return False
        above = noun.head.head
        return above.pos_ in ("VERB", "AUX") or above.lemma_.lower() not in self._opaque

    def understood_subjects(self, noun: Token) -> list[Token]:
        """Return the subjects of the clause that a noun stands in as "after talks", "during a visit"."""
        noun = grammar.first_conjunct(noun)
        if not self._after_happening(noun) or noun.dep_ != "pobj":
            return []
        verb = noun.head.head
        return arguments.logical_subjects(verb) if verb.pos_ in ("VERB", "AUX") else []

    def opaque(self, token: Token) -> bool:
        """Tell whether a noun stands where it is only thought of: called for, proposed, prospect of."""
        node = grammar.first_conjunct(token)
        for _ in range(3):
            above = node.head
            if above.i == node.i:
                return False
            if above.lemma_.lower() in self._opaque:
                return True
            if above.pos_ in ("VERB", "AUX") and node.dep_ not in ("xcomp",):
                return False
            node = above
        return False

    def _matched(
        self, event_type: EventType, frame: Frame, head: Token, verb: Token, used: list[Token], places: Places
    ) -> Match:
        trigger = frame.trigger
        conditions = sum(
            bool(c)
            for c in (
                trigger.particle,
                trigger.object,
                trigger.modifier,
                trigger.prep,
                trigger.subject,
                trigger.complement,
                trigger.scene,
                trigger.negated,
            )
        )
        match = Match(event_type, frame, head, verb, list(dict.fromkeys(used)), places)
        match.strength = frame.score + _SPECIFICITY * (conditions + places.pattern_size)
        if trigger.patterns:
            match.strength += _PATTERN
        match.content = first_filled(places, frame.content)
        places.content = match.content
        match.topics = first_filled(places, frame.topic)
        return match


def _is_told_as_past(verb: Token) -> bool:
    form = grammar.verb_form(verb)
    return form.modal is None and not grammar.is_negated(verb) and (form.tense == "past" or form.perfect)


def _entries(
    index: dict[str, list[tuple[EventType, Frame, str]]], token: Token, forms: dict[str, str] | None = None
) -> list[tuple[EventType, Frame, str]]:
    lemma, lower = token.lemma_.lower(), token.lower_
    found = index.get(lemma, [])
    if lower != lemma:
        found = [*found, *index.get(lower, ())]
    if forms is not None and (not found or lower.endswith(("ed", "ing"))):
        # The lemmatizer guesses at some verbs ("unbanne", "waging" → "wag"); their forms are known.
        known = forms.get(lower)
        if known is not None and known != lemma:
            found = [*found, *index.get(known, ())]
    # A frame that names several words with this head is tried by its plain word first.
    return sorted(found, key=lambda entry: len(entry[2]))


def _with_title(noun: Token) -> list[Token]:
    """Return a noun, and the words before a name that say what bears it: "Storm Boris"."""
    return [noun, *grammar.children(noun, "compound")] if noun.pos_ == "PROPN" else [noun]
