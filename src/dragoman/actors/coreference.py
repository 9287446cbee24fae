"""What refers back: pronouns, relative pronouns, definite descriptions, "the two".

Rules in the manner of Lappin and Leass (1994) and of sieve systems (Lee et al. 2013): candidates that
disagree in number, gender or kind are out, the rest are weighed by grammatical place and distance. Two
candidates of nearly one weight leave the words unresolved: unresolved rather than wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.actors.belongings import Owner
from dragoman.actors.candidates import governing_verb
from dragoman.actors.descriptions import stands_alone
from dragoman.actors.gazetteer import word_set, words
from dragoman.draft import DraftEntity
from dragoman.language import grammar

if TYPE_CHECKING:
    from dragoman.actors.registry import Registry
    from dragoman.draft import Draft, DraftMention
    from dragoman.syntax import Token

_PERSONAL = {
    **dict.fromkeys(("he", "him", "his", "himself"), "male"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "female"),
}
_NEUTER = frozenset({"it", "its", "itself"})
_PLURAL = frozenset({"they", "them", "their", "themselves"})
_BODIES = frozenset({"state", "organization", "igo", "ngo", "armed_group"})
_COPULAS = frozenset({"be", "seem", "appear", "become", "remain"})
# Crowds of plural nouns make "they" less sure than "he".
_PLURAL_MARGIN = 25.0
# Above the weight of the main clause's subject.
_CONTROL = 60.0


def resolve_references(draft: Draft, registry: Registry) -> None:
    """Add the mentions that refer back, sentence by sentence, to `registry`."""
    parsed = [s for s in draft.sentences if s.parse is not None and s.segment in ("headline", "body")]
    for sentence in parsed:
        assert sentence.parse is not None
        linker = Linker(draft, registry, sentence)
        for token in sentence.parse:
            linker.link(token)


class Linker(Owner):
    """Links the words of one sentence to entities mentioned before."""

    def link(self, token: Token) -> None:
        """Add a mention for a token that refers back, where that is clear."""
        lower = token.lower_
        entity: DraftEntity | None = None
        start, end = self.sentence.start_of(token), self.sentence.end_of(token)
        if token.tag_ in grammar.RELATIVES and lower in ("who", "whom", "which", "that", "whose"):
            entity = self._antecedent(token)
        elif lower in _PERSONAL and token.tag_ in ("PRP", "PRP$"):
            entity = self._person(token)
        elif lower in _NEUTER and token.tag_ in ("PRP", "PRP$"):
            entity = self._body(token)
        elif lower in _PLURAL and token.tag_ in ("PRP", "PRP$"):
            entity = self._plural(token)
        elif token.text in words()["party_words"] and stands_alone(token):
            self._partisan(token, words()["party_words"][token.text], self._mention_headed(token), end)
        elif token.pos_ in ("NOUN", "PROPN", "NUM", "ADJ", "DET", "PRON") or lower in ("two", "both"):
            if not self._office_of_somebody(token):
                self._description(token)
            return
        if entity is not None:
            self.registry.add(entity, start, end, "pronoun", self.sentence, "coreference")
            if token.tag_ == "PRP$":
                self._possess(token, entity)

    def _antecedent(self, token: Token) -> DraftEntity | None:
        noun = grammar.antecedent(token)
        if noun is None:
            return None
        mention = self._mention_headed(noun)
        if mention is None or mention.entity.kind == "place":
            return None
        if token.lower_ in ("who", "whom") and mention.entity.kind == "state":
            return None
        return mention.entity

    def _person(self, token: Token) -> DraftEntity | None:
        gender = _PERSONAL[token.lower_]
        weighed = [
            (m, w)
            for m, w in self._earlier(token)
            if m.entity.kind == "person" and not m.entity.plural and m.entity.gender in (None, gender)
        ]
        weighed = [(m, w + (5 if m.entity.gender == gender else 0)) for m, w in weighed]
        weighed = [(m, w) for m, w in weighed if not self._coargument(token, m)]
        controller = self._controller(token)
        weighed = [(m, w + (_CONTROL if m is controller else 0)) for m, w in weighed]
        found = self._best(weighed)
        if found is None and not weighed:
            found = self._cataphor(token, gender)
        if found is not None and found.gender is None:
            found.gender = "male" if gender == "male" else "female"
        return found

    def _controller(self, token: Token) -> DraftMention | None:
        """Return who is to do what a clause tells: Kuria in "He urged Kuria to say that he was wrong"."""
        verb = token.head
        if token.dep_ not in ("nsubj", "nsubjpass"):
            return None
        if verb.dep_ == "advcl":
            # "... that he must go if he can": one pronoun stays with one person.
            above = [c for c in grammar.children(verb.head, "nsubj", "nsubjpass") if c.lower_ == token.lower_]
            return self._mention_headed(above[0]) if above else None
        if verb.dep_ != "ccomp" or verb.head.dep_ != "xcomp":
            return None
        objects = list(grammar.children(verb.head.head, "dobj"))
        return self._mention_headed(objects[0]) if objects else None

    def _cataphor(self, token: Token, gender: str) -> DraftEntity | None:
        """Resolve "In his speech, Putin ...": the subject of the clause that a fronted phrase opens."""
        if token.tag_ != "PRP$":
            return None
        clause = grammar.clause_of(token)
        for subject in grammar.children(clause, "nsubj", "nsubjpass"):
            if subject.i > token.i:
                mention = self._mention_headed(subject)
                if mention is None or mention.entity.kind != "person" or mention.entity.plural:
                    return None
                return mention.entity if mention.entity.gender in (None, gender) else None
        return None

    def _body(self, token: Token) -> DraftEntity | None:
        if token.lower_ == "it" and (_is_expletive(token) or _is_what_was_told(token)):
            return None
        governor = governing_verb(token)
        beside = self._coordinated_owner(token)
        if beside is not None:
            return beside
        here = self._subject_here(token)
        if here is not None:
            return here if here.kind in _BODIES and not here.plural else None
        if token.tag_ == "PRP$" and token.head.dep_ not in ("nsubj", "nsubjpass"):
            return None
        if token.tag_ != "PRP$" and (governor is None or token.dep_ not in ("nsubj", "nsubjpass")):
            return None
        return self._last_subject()

    def _coordinated_owner(self, token: Token) -> DraftEntity | None:
        """Return whose "its" is in "the party and its armed wing"."""
        if token.tag_ != "PRP$" or token.head.dep_ != "conj":
            return None
        mention = self._mention_headed(grammar.first_conjunct(token.head))
        fits = mention is not None and mention.entity.kind in _BODIES and not mention.entity.plural
        return mention.entity if mention is not None and fits else None

    def _subject_here(self, token: Token) -> DraftEntity | None:
        """Return the subject that governs a pronoun in its own sentence: of its clause or those above."""
        node: Token | None = token
        own = token if token.dep_ in ("nsubj", "nsubjpass") else None
        while node is not None and node.dep_ != "ROOT":
            node = node.head
            if node.pos_ not in ("VERB", "AUX"):
                continue
            for subject in grammar.children(node, "nsubj", "nsubjpass"):
                if subject == own or subject.i > token.i:
                    continue
                if token.dep_ in ("dobj", "pobj") and node == governing_verb(token):
                    continue
                mention = self._mention_headed(grammar.resolve_relative(subject))
                if mention is not None:
                    return mention.entity
                if subject.pos_ in ("NOUN", "PROPN"):
                    return DraftEntity("", "other")
        return None

    def _last_subject(self) -> DraftEntity | None:
        """Return the state or body that was the subject of the sentence before, when it was one."""
        index = self.sentence.index - 1
        if index < 0:
            return None
        before = self.draft.sentences[index]
        if before.parse is None or before.segment != self.sentence.segment:
            return None
        root = next((t for t in before.parse if t.dep_ == "ROOT"), None)
        if root is None:
            return None
        verbs = [root, *(t for t in grammar.conjuncts(root) if t is not root)]
        subjects = [s for v in verbs for s in grammar.children(v, "nsubj", "nsubjpass")]
        if not subjects:
            return None
        last = subjects[-1]
        mention = Linker(self.draft, self.registry, before)._mention_headed(last)
        if mention is None or len(subjects) > 1 or len(grammar.conjuncts(last)) > 1:
            return None
        return mention.entity if mention.entity.kind in _BODIES and not mention.entity.plural else None

    def _plural(self, token: Token) -> DraftEntity | None:
        weighed = [
            (m, w)
            for m, w in self._earlier(token)
            if m.entity.plural and m.entity.kind != "place" and not self._coargument(token, m)
        ]
        pair = self._coordinated_subject(token)
        if pair is not None:
            return pair
        return self._best(weighed, _PLURAL_MARGIN)

    def _coordinated_subject(self, token: Token) -> DraftEntity | None:
        """Return "A and B" as one entity when they are the subject that a "they" goes on about."""
        places = [self.sentence]
        if self.sentence.index:
            places.append(self.draft.sentences[self.sentence.index - 1])
        for place in places:
            if place.parse is None:
                continue
            for subject in place.parse:
                if subject.dep_ not in ("nsubj", "nsubjpass"):
                    continue
                if place is self.sentence and subject.i >= token.i:
                    break
                heads = grammar.conjuncts(subject)
                linker = Linker(self.draft, self.registry, place)
                found = [m.entity for h in heads if (m := linker._mention_headed(h)) is not None]
                if len(heads) > 1 and len(found) == len(heads) and len(set(map(id, found))) > 1:
                    return self._group(found)
                if place is self.sentence and found and found[0].plural:
                    return None
        return None


def _is_what_was_told(token: Token) -> bool:
    """Tell whether an "it" that begins a sentence stands for what the sentence before tells."""
    return (
        token.dep_ == "nsubj" and token.i == 0 and token.head.lemma_.lower() in word_set("of_what_was_told")
    )


def _is_expletive(token: Token) -> bool:
    """Tell whether an "it" stands for nothing: weather, clefts, "it is clear that"."""
    if token.dep_ == "expl":
        return True
    verb = token.head
    if token.dep_ in ("nsubj", "nsubjpass") and verb.lemma_.lower() in (
        "be",
        "seem",
        "appear",
        "become",
        "remain",
    ):
        return any(c.dep_ in ("acomp", "attr", "ccomp", "xcomp", "advcl") for c in verb.children) and any(
            t.dep_ in ("ccomp", "xcomp", "csubj", "relcl", "advcl") for t in verb.subtree
        )
    return False
