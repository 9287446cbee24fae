"""Tell what is told as background, well before the reported news."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dragoman.claims.factuality import factuality

if TYPE_CHECKING:
    from dragoman.syntax import Token

_YEAR = re.compile(r"^(1[0-9]{3}|20[0-9]{2})$")
_DECADE = re.compile(r"^['’]?((?:1[0-9]|20)?[0-9]0)s$")
_OPEN_ENDED = frozenset({"since", "until", "till", "by", "through", "to", "from", "after", "than", "before"})
_NUMBERS = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}


def is_historical(predicate: Token, date: str | None) -> bool:
    """Tell whether a predicate's own time words put it more than a year before the article.

    Args:
        predicate: head of the clause or event noun.
        date: publication date (ISO); without it only words that need none count ("decades ago").
    """
    words = list(_own_words(predicate))
    text = " ".join(t.lower_ for t in words)
    if any(phrase in text for phrase in factuality().historical_phrases):
        return True
    for token in words:
        if token.lower_ == "ago" and _long_ago(token):
            return True
        if date is not None and _old_year(token, int(date[:4])) and not _open_ended(token, predicate):
            return True
    return False


def _own_words(predicate: Token) -> list[Token]:
    """Return the words of a predicate's own adverbials: its subtree without clauses and subject."""
    found = [predicate]
    for child in predicate.children:
        if child.dep_ in (
            "nsubj",
            "nsubjpass",
            "ccomp",
            "advcl",
            "relcl",
            "acl",
            "conj",
            "parataxis",
            "xcomp",
            "dobj",
            "agent",
        ):
            continue
        found.extend(t for t in child.subtree if not _in_clause(t, child))
    return sorted(found, key=lambda t: t.i)


def _in_clause(token: Token, top: Token) -> bool:
    while token is not top and token.i != top.i:
        if token.dep_ in ("relcl", "acl", "advcl", "ccomp", "pcomp"):
            return True
        token = token.head
    return False


def _old_year(token: Token, published: int) -> bool:
    match = _YEAR.match(token.text)
    if match and token.tag_ == "CD":
        return int(match.group(1)) < published - 1
    match = _DECADE.match(token.text)
    if match:
        return len(match.group(1)) < 4 or int(match.group(1)) + 9 < published - 1
    return False


def _open_ended(token: Token, predicate: Token) -> bool:
    node = token
    while node.i != predicate.i and node.dep_ != "ROOT":
        if node.dep_ == "prep" and node.lower_ in _OPEN_ENDED:
            return True
        node = node.head
    return False


def _long_ago(ago: Token) -> bool:
    for unit in ago.children:
        if unit.lemma_.lower() in factuality().historical_nouns:
            return True
        if unit.lemma_.lower() == "year":
            number = next((c for c in unit.children if c.dep_ in ("nummod", "det", "amod")), None)
            if number is None:
                return True
            word = number.lower_
            if word.isdigit():
                return int(word) >= 2
            return _NUMBERS.get(word, 0 if word in ("a", "one") else 2) >= 2
    return False
