"""Parse the sentences that may hold something to record, and only those.

Parsing is nearly the whole cost of coding. A sentence is parsed when it has a trigger word and something
that may be an actor; so is the sentence before one that speaks of "them": people without a name are found in a
parse alone.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from dragoman.language.lexical import WordReader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from spacy.language import Language
    from spacy.tokens import Doc

    from dragoman.draft import Draft, Sentence

# Longer "sentences" are tables and lists run together; a parse of them is slow and wrong.
MAXIMUM_CHARACTERS = 2_000
BATCH = 24
_BLANK = re.compile(r"\s")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_PRONOUN = re.compile(r"\b(?:he|she|they|it|who|we|him|her|them|his|their|its)\b", re.IGNORECASE)
_PEOPLE = re.compile(r"\b(?:he|she|they|him|her|them)\b", re.IGNORECASE)
_CAPITAL_INSIDE = re.compile(r"(?<=[^\s.!?\"“])[\s(\"“]+[A-Z]")


def parse_all(sentences: Iterable[Sentence], nlp: Language) -> None:
    """Parse sentences and set `parse` of each: the tokens of exactly that sentence, never split further.

    Batches never cross an article, so that a parse does not depend on what else is coded beside it.
    """
    todo = [s for s in sentences if s.parse is None and len(s.text) <= MAXIMUM_CHARACTERS]
    # Sentences of like length share a batch: fewer padded rows. The order is stable.
    todo.sort(key=lambda s: len(s.text))
    docs: list[Doc] = []
    for sentence in todo:
        # A line break inside a sentence is read as the blank that it stands for; lengths stay the same.
        doc = nlp.make_doc(_BLANK.sub(" ", sentence.text))
        for token in doc[1:]:
            token.is_sent_start = False
        docs.append(doc)
    reader = _reader(nlp)
    parsed = list(nlp.pipe(docs, batch_size=BATCH, disable=reader.disabled))
    for sentence, parse in zip(todo, reader.parses(parsed), strict=True):
        sentence.parse = parse


@functools.cache
def _reader(nlp: Language) -> WordReader:
    return WordReader(nlp)


def words_of(text: str) -> set[str]:
    """Return the lower-case words of a text; of hyphenated ones also the parts."""
    words: set[str] = set()
    for match in _WORD.finditer(text):
        word = match.group().lower()
        words.add(word)
        if "-" in word:
            words.update(word.split("-"))
        if word.endswith(("'s", "’s")):
            words.add(word[:-2])
    return words


class ParseStep:
    """Parses the sentences of headline and body that may hold an event, a claim, or a process.

    Args:
        nlp: the spaCy pipeline.
        selectors: each takes the lower-case words of a sentence and tells whether its layer may find
            something there; a sentence that none of them wants is not parsed.
        sufficient_forms: word forms for which a sentence is parsed though it names nobody: a later sentence
            tells more of what an earlier one named ("No date has been set for the talks.").
    """

    needs = ("sentences", "names")
    gives = ("parse",)

    def __init__(
        self,
        nlp: Language,
        selectors: Sequence[Callable[[set[str]], bool]],
        sufficient_forms: frozenset[str] = frozenset(),
    ) -> None:
        self._nlp = nlp
        self._selectors = tuple(selectors)
        self._sufficient = sufficient_forms

    def __call__(self, draft: Draft) -> None:
        """Choose and parse."""
        chosen = self.select(draft)
        for sentence in chosen:
            if len(sentence.text) > MAXIMUM_CHARACTERS:
                draft.warnings.append(
                    f"a sentence of {len(sentence.text)} characters at {sentence.start} was not parsed "
                    f"(limit {MAXIMUM_CHARACTERS})"
                )
        parse_all(chosen, self._nlp)

    def select(self, draft: Draft) -> Sequence[Sentence]:
        """Return the sentences worth a parse, in order."""
        chosen: list[Sentence] = []
        names = draft.names
        at = 0
        before: Sentence | None = None
        for sentence in draft.sentences:
            if sentence.segment not in ("body", "headline"):
                continue
            while at < len(names) and names[at].start < sentence.start:
                at += 1
            named = at < len(names) and names[at].start < sentence.end
            words = words_of(sentence.text)
            if not self._sufficient.isdisjoint(words) or (
                (named or self._may_refer(sentence)) and any(wanted(words) for wanted in self._selectors)
            ):
                if before is not None and _PEOPLE.search(sentence.text):
                    chosen.append(before)
                chosen.append(sentence)
                before = None
            else:
                before = sentence
        return chosen

    @staticmethod
    def _may_refer(sentence: Sentence) -> bool:
        """Tell whether a sentence without a known name may still speak of an actor."""
        return bool(_PRONOUN.search(sentence.text) or _CAPITAL_INSIDE.search(sentence.text))
