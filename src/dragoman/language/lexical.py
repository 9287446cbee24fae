"""Part of speech and lemma of a word, worked out once for each word, tag and relation.

spaCy's attribute ruler and lemmatizer are rules over a token's form, tag and relation, applied to every
token anew; they take a third of a parse. Here they run on each distinct combination once, on a text of
two tokens, and the answer is kept. The result is the same: their patterns of more than one token only concern
"there is" (kept in the key) and contractions such as "gonna".
"""

from __future__ import annotations

import csv
import functools
import importlib.resources
import re
from typing import TYPE_CHECKING

from dragoman.language.repairing import repair
from dragoman.syntax import Parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacy.language import Language
    from spacy.tokens import Doc

    Key = tuple[str, str, str, bool]

RULES = ("attribute_ruler", "lemmatizer")
# About 60 MB at the most; a corpus of news has some 100,000 combinations.
_MOST_KEPT = 200_000
_NEUTRAL = ("x", "NN", "dep")
# "$52bn" is cut as "$" and "52bn": its lemma is what is counted, as of "m" in "$52m", which is cut off.
_SUM = re.compile(r"[0-9][0-9.,]*(bn|tn|mn|m)")


@functools.cache
def verb_exceptions() -> dict[str, str]:
    """Return the verb forms that the pipeline's rules get wrong ("waged" → "wag"), and their lemmas."""
    path = importlib.resources.files("dragoman") / "data" / "lexicons" / "lemma_exceptions.csv"
    with path.open(encoding="utf-8") as lines:
        return {row["form"]: row["lemma"] for row in csv.DictReader(lines)}


class WordReader:
    """Reads part of speech and lemma off a pipeline's rules, and remembers them.

    Args:
        nlp: a pipeline; when its rules are others, `disabled` is empty and a parse is read as it is.
    """

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        self._known: dict[Key, tuple[str, str]] = {}
        by_rule = all(name in nlp.pipe_names for name in RULES)
        rule_mode = by_rule and getattr(nlp.get_pipe("lemmatizer"), "mode", "") == "rule"
        self.disabled: tuple[str, ...] = RULES if rule_mode else ()

    def parses(self, docs: Sequence[Doc]) -> list[Parse]:
        """Return the parses of docs that came through the pipeline without `disabled`."""
        if not self.disabled:
            return [Parse(doc, repair=repair) for doc in docs]
        if len(self._known) > _MOST_KEPT:
            self._known.clear()
        keys = [_keys(doc) for doc in docs]
        # dict.fromkeys and not a set: the order is that of the text.
        self._learn(dict.fromkeys(key for of_doc in keys for key in of_doc if key not in self._known))
        known = self._known
        return [
            Parse(doc, [known[key] for key in of_doc], repair) for doc, of_doc in zip(docs, keys, strict=True)
        ]

    def _learn(self, keys: Iterable[Key]) -> None:
        from spacy.tokens import Doc

        new = list(keys)
        if not new:
            return
        words: list[str] = []
        tags: list[str] = []
        labels: list[str] = []
        for text, tag, label, after_there in new:
            # A neutral token before each keeps the rules of two tokens from meeting by chance.
            words += (_NEUTRAL[0], text)
            tags += (_NEUTRAL[1], tag)
            labels += ("expl" if after_there else _NEUTRAL[2], label)
        doc = Doc(self._nlp.vocab, words=words, tags=tags, deps=labels, heads=list(range(len(words))))
        for name in RULES:
            doc = self._nlp.get_pipe(name)(doc)
        for number, key in enumerate(new):
            token = doc[2 * number + 1]
            lemma = token.lemma_
            if token.pos_ == "VERB":
                lemma = verb_exceptions().get(token.lower_, lemma)
            unit = _SUM.fullmatch(token.lower_)
            if unit is not None:
                lemma = unit.group(1)
            self._known[key] = (token.pos_, lemma)


def _keys(doc: Doc) -> list[Key]:
    keys: list[Key] = []
    after_there = False
    for token in doc:
        label = token.dep_
        keys.append((token.text, token.tag_, label, after_there))
        after_there = label == "expl"
    return keys
