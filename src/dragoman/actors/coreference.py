"""What refers back: pronouns, relative pronouns, definite descriptions, "the two".

Rules in the manner of Lappin and Leass (1994) and of sieve systems (Lee et al. 2013): candidates that
disagree in number, gender or kind are out, the rest are weighed by grammatical place and distance. Two
candidates of nearly one weight leave the words unresolved: unresolved rather than wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.actors.clauses import is_body, is_crowd, is_many
from dragoman.actors.descriptions import stands_alone
from dragoman.actors.gazetteer import word_set, words
from dragoman.actors.predicates import Predicates
from dragoman.language import grammar

if TYPE_CHECKING:
    from dragoman.actors.registry import Registry
    from dragoman.draft import Draft, DraftEntity, DraftMention
    from dragoman.syntax import Token

_PERSONAL = {
    **dict.fromkeys(("he", "him", "his", "himself"), "male"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "female"),
}
_NEUTER = frozenset({"it", "its", "itself"})
_PLURAL = frozenset({"they", "them", "their", "theirs", "themselves"})
# Crowds of plural nouns make "they" less sure than "he".
_PLURAL_MARGIN = 25.0
# Whom the sentence before is about is who a text goes on about.
_TOPIC = 20.0
_KNOWN_GENDER = 25.0
# So many sentences back the only man or woman is still whom "he" or "she" means.
_LONG_AGO = 12
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


class Linker(Predicates):
    """Links the words of one sentence to entities mentioned before."""

    def link(self, token: Token) -> None:
        """Add a mention for a token that refers back, where that is clear."""
        lower = token.lower_
        entity: DraftEntity | None = None
        start, end = self.sentence.start_of(token), self.sentence.end_of(token)
        if token.tag_ in grammar.RELATIVES and lower in ("who", "whom", "which", "that", "whose"):
            entity = self._relative(token)
        elif lower in _PERSONAL and token.tag_ in ("PRP", "PRP$"):
            entity = self._person(token)
        elif lower in _NEUTER and token.tag_ in ("PRP", "PRP$"):
            entity = self._body(token)
        elif lower in _PLURAL and token.tag_ in ("PRP", "PRP$"):
            entity = self._plural(token)
        elif token.text in words()["party_words"] and stands_alone(token):
            self._partisan(token, words()["party_words"][token.text], self._mention_headed(token), end)
        elif token.pos_ in ("NOUN", "PROPN", "NUM", "ADJ", "DET", "PRON") or lower in ("two", "both"):
            self._relative_of_somebody(token)
            if not self._office_of_somebody(token) and not self._predicate(token):
                self._description(token)
            return
        if entity is not None:
            self.registry.add(entity, start, end, "pronoun", self.sentence, "coreference")
            if token.tag_ == "PRP$":
                self._possess(token, entity)

    def _person(self, token: Token) -> DraftEntity | None:
        gender = _PERSONAL[token.lower_]
        weighed = [
            (m, w)
            for m, w in self._earlier(token)
            if m.entity.kind == "person" and not m.entity.plural and m.entity.gender in (None, gender)
        ]
        weighed = [(m, w + _by_gender(m, gender)) for m, w in weighed]
        quoted = self._quoted_by(token) | self._fronted(token)
        weighed = [
            (m, w) for m, w in weighed if not self._coargument(token, m) and id(m.entity) not in quoted
        ]
        controller = self._controller(token)
        weighed = [(m, w + (_CONTROL if m is controller else 0)) for m, w in weighed]
        found = self._best(weighed)
        if found is not None and found.gender is None and self._is_just_mentioned(found):
            # A bishop whom nothing else is told of is hardly "she" where the text is about one woman.
            found = self._only_one_so_far(token, gender) or found
        if found is None and not weighed:
            found = self._cataphor(token, gender)
        if found is None:
            found = self._only_one_so_far(token, gender)
        if found is not None and found.gender is None:
            found.gender = "male" if gender == "male" else "female"
        return found

    def _is_just_mentioned(self, entity: DraftEntity) -> bool:
        """Tell whether somebody was mentioned once, as one of many: "a bishop"."""
        only = entity.mentions[0] if len(entity.mentions) == 1 else None
        head = self._head(only) if only is not None and only.sentence is not self.sentence else None
        return head is not None and any(c.lower_ in ("a", "an") for c in head.lefts)

    def _fronted(self, token: Token) -> set[int]:
        """Return who is only described before a subject that is the same: "Born in Lyon, the son of a baker, he"."""
        if token.dep_ not in ("nsubj", "nsubjpass") or token.i == 0 or token.nbor(-1).text != ",":
            return set()
        found: set[int] = set()
        for mention in self.draft.mentions:
            if mention.sentence is not self.sentence or mention.form != "nominal":
                continue
            head = self._head(mention)
            if (
                head is None
                or head.i > token.i
                or head.dep_ in ("nsubj", "nsubjpass", "pobj", "dobj", "poss")
            ):
                continue
            if head.right_edge.i in (token.i - 1, token.i - 2) or head.head == token.head:
                found.add(id(mention.entity))
        return found

    def _only_one_so_far(self, token: Token, gender: str) -> DraftEntity | None:
        """Return the one man or woman whom the text has named, when it has named one, though further back."""
        at = self.sentence.start_of(token)
        quoted = [id(e) for e in self._quoted_from(token)]
        named = [
            m
            for m in self.draft.mentions
            if m.end <= at
            and m.sentence is not None
            and self.sentence.index - m.sentence.index <= _LONG_AGO
            and m.entity.kind == "person"
            and m.entity.gender == gender
            and id(m.entity) not in quoted
            and not m.entity.plural
        ]
        return named[-1].entity if len({id(m.entity) for m in named}) == 1 else None

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
        """Resolve "In his speech, Putin ...", "Asked if he would resign, the minister ..."."""
        return self._opens_with(
            token, lambda e: e.kind == "person" and not e.plural and e.gender in (None, gender)
        )

    def _body(self, token: Token) -> DraftEntity | None:
        if token.lower_ == "it" and (_is_expletive(token) or _is_what_was_told(token) or _leads_to(token)):
            return None
        if token.tag_ == "PRP$" and _counts_years(token):
            return None
        beside = self._beside(token, is_body)
        if beside is not None:
            return beside
        found, ends = self._of_clauses(token, is_body, "single")
        if found is not None or ends:
            return found
        of_subject = token.dep_ in ("nsubj", "nsubjpass") or (
            token.tag_ == "PRP$" and token.head.dep_ in ("nsubj", "nsubjpass")
        )
        if not of_subject:
            return self._opens_with(token, is_body)
        found = self._opens_with(token, is_body) or self._last_subject(is_body, "single", token)[0]
        return found if found is not None else self._body_with_people(token)

    def _body_with_people(self, token: Token) -> DraftEntity | None:
        """Return the group of the sentence before whose people "its fighters", "its spokesman" are."""
        owned = self._mention_headed(token.head) if token.tag_ == "PRP$" else None
        if owned is None or owned.entity.kind not in ("person", "people"):
            return None
        return self._best(
            [
                (m, w)
                for m, w in self._earlier(token)
                if is_crowd(m.entity)
                and m.sentence is not None
                and self.sentence.index - m.sentence.index <= 1
            ]
        )

    def _plural(self, token: Token) -> DraftEntity | None:
        beside = self._beside(token, lambda e: is_many(e) or is_crowd(e))
        if beside is not None:
            return beside
        found, ends = self._of_clauses(token, is_many, "plural")
        if found is not None or (ends and not self._does_as_people(token)):
            return found
        pair = self._coordinated_subject(token)
        if pair is not None:
            return pair
        weighed = [
            (m, w) for m, w in self._earlier(token) if is_many(m.entity) and not self._coargument(token, m)
        ]
        topic, thing = self._last_subject(is_many, "plural", token)
        if topic is None and thing and not self._does_as_people(token):
            return None
        weighed = [(m, w + (_TOPIC if m.entity is topic else 0)) for m, w in weighed]
        found = self._best(weighed, _PLURAL_MARGIN) or self._opens_with(token, is_many)
        return found if found is not None or weighed else self._crowd(token)

    def _crowd(self, token: Token) -> DraftEntity | None:
        """Return the body that is called "they" where no people are spoken of: "the police said they had ..."."""
        found, ends = self._of_clauses(token, is_crowd, "plural")
        if found is not None or ends:
            return found
        return self._last_subject(is_crowd, "single", token)[0] if self._does_as_people(token) else None

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
                linker = Linker(self.draft, self.registry, place)
                joined = linker._joined(subject)
                if joined is not None:
                    return joined
                mention = linker._mention_headed(subject)
                if place is self.sentence and mention is not None and mention.entity.plural:
                    return None
        return None


def _by_gender(mention: DraftMention, gender: str) -> float:
    """Weigh what is known of the gender: a known woman is rather "she" than an official of whom nothing is said."""
    if mention.entity.gender == gender:
        return _KNOWN_GENDER
    return -_KNOWN_GENDER if mention.form == "nominal" and mention.sentence is not None else 0.0


def _is_what_was_told(token: Token) -> bool:
    """Tell whether an "it" that begins a sentence stands for what the sentence before tells."""
    return (
        token.dep_ == "nsubj" and token.i == 0 and token.head.lemma_.lower() in word_set("of_what_was_told")
    )


def _says_that(verb: Token) -> bool:
    """Tell whether a prepositional phrase and a clause follow: "it is beyond doubt that", "it is of note that"."""
    return any(
        t.dep_ in ("ccomp", "acl") and any(c.dep_ == "mark" and c.lower_ == "that" for c in t.children)
        for p in grammar.children(verb, "prep")
        for t in (*p.subtree, *grammar.children(verb, "ccomp"))
    )


def _leads_to(token: Token) -> bool:
    """Tell whether an "it" is what happens: "they fear it will lead to a massacre"."""
    follows = words()["of_what_happens"].get(token.head.lemma_.lower(), ())
    return token.dep_ == "nsubj" and any(
        c.dep_ == "prep" and c.lower_ in follows for c in token.head.children
    )


def _counts_years(token: Token) -> bool:
    """Tell whether "its" is of what goes on for so long: "the war, in its eighth year"."""
    noun = token.head
    return noun.lemma_.lower() in word_set("spans_of_time") and bool(grammar.children(noun, "amod", "nummod"))


def _is_expletive(token: Token) -> bool:
    """Tell whether an "it" stands for nothing: weather, clefts, "it is clear that"."""
    if token.dep_ == "expl":
        return True
    verb = token.head
    if token.dep_ == "nsubj" and verb.lemma_ == "be" and _says_that(verb):
        return True
    if token.dep_ in ("nsubj", "nsubjpass") and verb.lemma_.lower() in (
        "be",
        "seem",
        "appear",
        "become",
        "remain",
    ):
        return any(c.dep_ in ("acomp", "attr", "ccomp", "xcomp", "advcl") for c in verb.children) and any(
            t is not verb and t.dep_ in ("ccomp", "xcomp", "csubj", "relcl", "advcl") for t in verb.subtree
        )
    return False
