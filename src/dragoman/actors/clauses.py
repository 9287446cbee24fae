"""Whom the clause around a word that refers back is about: the subjects above it, and what they govern.

"Kenya said it would leave", "the rebels buried their dead", "Chad and Niger, who signed": where the grammar gives
one subject that agrees in number and kind, no other candidate is weighed. A subject that agrees but stands for
nobody known ("the clashes lost their intensity") leaves the word unresolved.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.actors.belongings import Owner
from dragoman.actors.candidates import governing_verb
from dragoman.actors.gazetteer import word_set
from dragoman.language import arguments, grammar

if TYPE_CHECKING:
    from collections.abc import Callable

    from dragoman.draft import DraftEntity, DraftMention, Sentence
    from dragoman.syntax import Token

    Fits = Callable[[DraftEntity], bool]

BODIES = frozenset({"state", "organization", "igo", "ngo", "armed_group"})
# Bodies of people, which English also calls "they".
_CROWDS = frozenset({"organization", "ngo", "armed_group", "igo"})
_SUBJECTS = ("nsubj", "nsubjpass")
_CLOSING = frozenset("\"”’'»")
_FRONTED = frozenset({"prep", "advcl", "acl", "acomp", "npadvmod", "advmod", "amod", "ccomp"})
_THINGS = {"plural": frozenset({"NNS", "NNPS"}), "single": frozenset({"NN", "NNP"})}


def is_body(entity: DraftEntity) -> bool:
    """Tell whether "it" may stand for somebody."""
    return entity.kind in BODIES and not entity.plural


def is_many(entity: DraftEntity) -> bool:
    """Tell whether "they" may stand for somebody."""
    return entity.plural and entity.kind != "place"


def is_crowd(entity: DraftEntity) -> bool:
    """Tell whether somebody is one body of many people: "the army ... their barracks"."""
    return entity.kind in _CROWDS and not entity.plural


class Clausal(Owner):
    """Finds whom the clauses around a word name."""

    def _of_clauses(self, token: Token, fits: Fits, number: str) -> tuple[DraftEntity | None, bool]:
        """Return the nearest subject above a word that fits, and whether the search is to end here.

        It ends without anybody where a subject agrees in number and is nobody known. `number` is `single` or
        `plural`.
        """
        own = token if token.dep_ in _SUBJECTS else None
        reflexive = token.lower_.endswith(("self", "selves"))
        barred = self._arguments_beside(token) if token.tag_ != "PRP$" and not reflexive else []
        if token.tag_ == "PRP$" and token.head.dep_ == "attr":
            barred = grammar.children(token.head.head, *_SUBJECTS)  # "Chad is its ally"
        node = token
        while node.dep_ != "ROOT":
            below, node = node, node.head
            if node.pos_ in ("NOUN", "PROPN") and below.dep_ in ("acl", "ccomp", "relcl"):
                found = self._whose(node, fits) if below.dep_ != "relcl" else None
                if found is not None:
                    return found, True
            if node.pos_ not in ("VERB", "AUX"):
                continue
            if _is_judged(token, node) or _is_moved(token, node):
                found = self._only_object(node, token, fits)
                if found is not None:
                    return found, True
            thing = False
            for subject in self._subjects_of(node):
                if subject == own or subject.i > token.i or subject in barred:
                    continue
                found, ends = self._agreeing(subject, fits, number)
                if found is not None:
                    return found, True
                thing = thing or ends
            if token.tag_ == "PRP$" or (below.dep_ != "relcl" and node != governing_verb(token)):
                found = self._only_object(node, token, fits)
                if found is not None:
                    return found, True
            if thing:
                return None, True
            if reflexive and (own is None or node != token.head):
                return None, True
        return None, False

    def _whose(self, noun: Token, fits: Fits) -> DraftEntity | None:
        """Return whose decision, plan or claim a clause tells: "the US announcement that it would build"."""
        for child in grammar.children(noun, "poss", "compound", "amod", "nmod"):
            mention = self._mention_headed(child)
            if mention is not None and fits(mention.entity):
                return mention.entity
        return None

    def _coargument(self, token: Token, mention: DraftMention) -> bool:
        if super()._coargument(token, mention):
            return True
        if mention.sentence is not self.sentence or token.tag_ == "PRP$" or token.lower_.endswith("selves"):
            return False
        head = self._head(mention)
        return head is not None and head in self._arguments_beside(token)

    @staticmethod
    def _arguments_beside(token: Token) -> list[Token]:
        """Return who does what is done to "them", and so is none of them: "the soldiers failed to follow them"."""
        verb = governing_verb(token)
        if verb is None and token.head.dep_ == "ccomp" and not grammar.children(token.head, "aux", "auxpass"):
            verb = token.head.head  # "consider them brave"
        if verb is None or token.lower_ in ("they", "he", "she"):
            return []
        verbs = [verb]
        if token.dep_ in _SUBJECTS and token.lower_ in ("them", "him", "her"):
            verbs.append(verb.head)  # "consider them sacred"
        return [
            s for v in verbs for s in (*grammar.children(v, *_SUBJECTS), *arguments.grammatical_subjects(v))
        ]

    def _subjects_of(self, verb: Token) -> list[Token]:
        own = grammar.children(verb, *_SUBJECTS)
        if own:
            return own
        if verb.dep_ == "xcomp" and grammar.is_infinitive(verb):
            asked = grammar.children(verb.head, "dobj", "dative")
            if asked and asked[0].i < verb.i:
                return asked  # "lobbied its partners to remove their citizens"
        if verb.dep_ == "pcomp" and verb.head.lower_ in ("of", "from", "into", "for", "against"):
            kept = grammar.children(verb.head.head, "dobj")
            if kept and kept[0].i < verb.i and self._mention_headed(kept[0]) is not None:
                return kept  # "accused Chad of arming its allies", "kept them from reaching their homes"
        return [s for s in arguments.grammatical_subjects(verb)[:1] if s.i < verb.i]

    def _agreeing(self, subject: Token, fits: Fits, number: str) -> tuple[DraftEntity | None, bool]:
        """Return whom a subject names when it agrees, and whether it is a thing that agrees."""
        noun = _counted(grammar.resolve_relative(subject))
        joined = self._joined(noun)
        if joined is not None:
            return (joined, True) if fits(joined) else (None, False)
        mention = self._mention_headed(noun)
        if mention is None and noun is not subject:
            mention = self._mention_headed(subject)
        if mention is not None:
            found = mention.entity if fits(mention.entity) else self._behind(noun, mention, fits)
            return found, found is not None
        return None, noun.tag_ in _THINGS[number] and noun.pos_ in ("NOUN", "PROPN")

    def _behind(self, noun: Token, mention: DraftMention, fits: Fits) -> DraftEntity | None:
        """Return for whom a person speaks: of "the group's leader said it" the group."""
        if fits is not is_body or mention.entity.kind != "person" or mention.form != "nominal":
            return None
        owners = [c for c in grammar.children(noun, "poss") if c.tag_ != "PRP$"]
        for owner in (
            *owners,
            *grammar.prepositional_objects(noun, "of"),
            *grammar.prepositional_objects(noun, "for"),
        ):
            behind = self._mention_headed(owner)
            if behind is not None and fits(behind.entity):
                return behind.entity
        return None

    def _joined(self, noun: Token) -> DraftEntity | None:
        """Return "A and B" as one entity when both are known, or None."""
        heads = grammar.conjuncts(noun)
        if len(heads) < 2 or any(c.lower_ in ("or", "nor") for h in heads for c in grammar.children(h, "cc")):
            return None
        found = [m.entity for h in heads if (m := self._mention_headed(h)) is not None]
        if len(found) != len(heads) or len(set(map(id, found))) < 2:
            return None
        return self._group(found)

    def _only_object(self, verb: Token, token: Token, fits: Fits) -> DraftEntity | None:
        """Return whom the object of a verb names: "sent them home with their mother", "urged Iran to free its ..."."""
        for child in grammar.children(verb, "dobj", "dative"):
            if child.right_edge.i >= token.i:
                continue
            joined = self._joined(child)
            if joined is not None and fits(joined):
                return joined
            mention = self._mention_headed(_counted(child))
            if mention is not None and fits(mention.entity):
                return mention.entity
        return None

    def _beside(self, token: Token, fits: Fits) -> DraftEntity | None:
        """Return whose something is in "the party and its armed wing", "the rebels and their allies"."""
        if token.tag_ != "PRP$" or token.i < 2:
            return None
        if token.nbor(-1).lower_ == "and" and token.head.dep_ != "conj":
            mention = self._mention_headed(
                token.nbor(-2)
            )  # The parser may join it to what stands further back.
        elif token.head.dep_ == "conj":
            mention = self._mention_headed(grammar.first_conjunct(token.head))
            if mention is None and token.nbor(-1).lower_ == "and":
                mention = self._mention_headed(token.nbor(-2))
        else:
            return None
        return mention.entity if mention is not None and fits(mention.entity) else None

    def _opens_with(self, token: Token, fits: Fits) -> DraftEntity | None:
        """Resolve "In their speech, the rebels ...", "When they left, the rebels ...": the subject that follows."""
        node = token
        while node.dep_ != "ROOT":
            fronted, node = node, node.head
            if node.pos_ not in ("VERB", "AUX") or fronted.dep_ not in _FRONTED:
                continue
            if fronted.dep_ == "ccomp" and (token.tag_ == "PRP$" or token.lower_ in ("he", "she")):
                continue  # "He had lied, the minister said."
            for subject in grammar.children(node, *_SUBJECTS):
                quoted = any(t.text in _CLOSING for t in list(token.doc)[token.i : subject.i])
                if subject.i > fronted.right_edge.i and not quoted:
                    mention = self._mention_headed(subject)
                    return mention.entity if mention is not None and fits(mention.entity) else None
        return None

    @staticmethod
    def _says(token: Token | None) -> bool:
        return (
            token is not None
            and token.dep_ == "nsubj"
            and token.head.lemma_.lower() in word_set("of_speakers")
        )

    def _source_before(self, before: Sentence, fits: Fits) -> DraftEntity | None:
        """Return to whom the sentence before ascribes what it tells: of "according to the union. It said" the union."""
        reader = type(self)(self.draft, self.registry, before)
        for token in before.parse or ():
            if token.lower_ != "to" or token.head.lower_ != "according":
                continue
            for source in grammar.children(token, "pobj"):
                mention = reader._mention_headed(source)
                if mention is not None and fits(mention.entity):
                    return mention.entity
        return None

    def _last_subject(
        self, fits: Fits, number: str, token: Token | None = None
    ) -> tuple[DraftEntity | None, bool]:
        """Return the subject of the sentence before when it fits, and whether a thing is it instead.

        Of "Lavrov said Russia would leave" it is who leaves, where "it" cannot be who says so.
        """
        before = self._sentence_before()
        source = self._source_before(before, fits) if before is not None and self._says(token) else None
        if source is not None:
            return source, True
        root = next((t for t in before.parse if t.dep_ == "ROOT"), None) if before and before.parse else None
        if before is None or root is None:
            return None, False
        reader = type(self)(self.draft, self.registry, before)
        clauses = [root, *(t for t in grammar.conjuncts(root) if t is not root)]
        subjects = [s for v in clauses for s in grammar.children(v, *_SUBJECTS)]
        if len(subjects) > 1:
            return None, False
        for subject in subjects:
            found, ends = reader._agreeing(subject, fits, number)
            if found is not None or (ends and reader._mention_headed(subject) is None):
                return found, ends
        told = [s for c in before.parse or () if c.dep_ == "ccomp" for s in grammar.children(c, *_SUBJECTS)]
        if len(told) == 1:
            return reader._agreeing(told[0], fits, number)
        return None, False

    def _sentence_before(self) -> Sentence | None:
        index = self.sentence.index - 1
        if index < 0:
            return None
        before = self.draft.sentences[index]
        return before if before.segment == self.sentence.segment else None

    def _does_as_people(self, token: Token) -> bool:
        """Tell whether "they" does what only people do: say, hope, flee."""
        return token.dep_ in _SUBJECTS and token.head.lemma_.lower() in word_set("speech")

    def _relative(self, token: Token) -> DraftEntity | None:
        """Return whom a relative pronoun stands for: what its clause modifies, or what stands right before it."""
        noun = grammar.antecedent(token)
        if noun is not None and _disagree(noun, token):
            return None  # "a conference of ministers that was put off"
        if noun is None and (token.lower_ not in ("who", "whose", "whom") or not _after_comma(token)):
            return None
        noun = _last_of_list(noun, token) if noun is not None else None
        mention = self._mention_headed(noun) if noun is not None else None
        if token.lower_ in ("who", "whom") and noun is not None:
            mention = self._people_at(noun, mention) or mention
        if mention is None and token.lower_ in ("who", "whom", "whose"):
            mention = self._right_before(token)
        if mention is None or mention.entity.kind == "place":
            return None
        joined = self._joined(noun) if noun is not None else None
        if token.lower_ not in ("who", "whom"):
            listed = joined is not None and noun is not None and grammar.conjuncts(noun)[-1].i < token.i
            return mention.entity if not listed else joined if token.lower_ == "which" else None
        if (
            joined is not None
            and noun is not None
            and noun.tag_ in ("NNP", "NNPS")
            and noun.right_edge.i > token.i
        ):
            return joined
        return None if mention.entity.kind == "state" and mention.form == "name" else mention.entity

    def _people_at(self, noun: Token, body: DraftMention | None) -> DraftMention | None:
        """Return the people of a body right after whom "who" is said: "students at an institute who died"."""
        if noun.dep_ != "pobj" or noun.tag_ != "NN" or not any(c.lower_ in ("a", "an") for c in noun.lefts):
            return None
        if body is not None and body.entity.kind != "organization":
            return None
        people = self._mention_headed(noun.head.head)
        return people if people is not None and people.entity.kind in ("person", "people") else None

    def _right_before(self, token: Token) -> DraftMention | None:
        """Return the mention that ends right before a relative pronoun, a comma or bracket between them."""
        node = token
        while node.i and node.nbor(-1).dep_ in ("prep", "punct"):
            node = node.nbor(-1)
        return self._mention_headed(node.nbor(-1)) if node.i else None


def _counted(noun: Token) -> Token:
    """Return who is counted by "hundreds of", "most of", any other noun as it is."""
    if noun.lower_ not in word_set("counting"):
        return noun
    return next(iter(grammar.prepositional_objects(noun, "of")), noun)


def _is_judged(token: Token, verb: Token) -> bool:
    """Tell whether a possessor is whose deed a verb judges: "thanked Japan for its help"."""
    if token.tag_ != "PRP$" or verb.lemma_.lower() not in word_set("judging"):
        return False
    return any(
        c.dep_ == "prep" and c.lower_ in ("for", "over", "of") and c.is_ancestor(token) for c in verb.children
    )


def _is_moved(token: Token, verb: Token) -> bool:
    """Tell whether a possessor is whoever a verb drives off or robs: "forced villagers from their homes"."""
    if token.tag_ != "PRP$" or verb.lemma_.lower() not in word_set("moving"):
        return False
    return token.head.dep_ == "pobj" and token.head.head.lower_ in ("from", "to", "into", "of", "out", "in")


def _disagree(noun: Token, pronoun: Token) -> bool:
    """Tell whether the verb of a relative clause has another number than the noun before it."""
    if pronoun.dep_ not in _SUBJECTS or len(grammar.conjuncts(noun)) > 1:
        return False
    verb = pronoun.head
    forms = [c for c in verb.children if c.dep_ in ("aux", "auxpass") and c.i > pronoun.i] or [verb]
    first = forms[0]
    one = first.tag_ == "VBZ" or first.lower_ == "was"
    many = first.tag_ == "VBP" or first.lower_ == "were"
    return (one and noun.tag_ in ("NNS", "NNPS")) or (many and noun.tag_ == "NN" and pronoun.lower_ != "who")


def _last_of_list(noun: Token, pronoun: Token) -> Token:
    """Return the last of "Ankara and Washington, which has ..." where the verb is singular, else the noun itself."""
    listed = grammar.conjuncts(noun)
    if len(listed) < 2 or pronoun.dep_ not in _SUBJECTS or listed[-1].i > pronoun.i:
        return noun
    verb = pronoun.head
    forms = [c for c in verb.children if c.dep_ in ("aux", "auxpass") and c.i > pronoun.i] or [verb]
    return listed[-1] if forms[0].tag_ == "VBZ" or forms[0].lower_ == "was" else noun


def _after_comma(token: Token) -> bool:
    return token.i > 1 and token.nbor(-1).text == ","
