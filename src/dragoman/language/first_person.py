"""Who "I" and "we" are: the speaker of the quoted words that they stand in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.language import arguments, grammar

if TYPE_CHECKING:
    from dragoman.syntax import Token

FIRST_PERSON = frozenset({"i", "we", "me", "us", "my", "our", "myself", "ourselves"})
_QUOTES = frozenset({'"', "“", "”", "«", "»", "„", "''", "``"})


def speaker(token: Token) -> Token | None:
    """Return the token that names the speaker of a first-person pronoun: "We support Chad," the minister said.

    None for other words, where nothing is quoted (a writer's own "we"), and where the sentence does not say who speaks.
    """
    if token.lower_ not in FIRST_PERSON or _QUOTES.isdisjoint(token.doc.vocabulary):
        return None
    for verb, link in grammar.governors(token):
        if verb.pos_ != "VERB":
            continue
        found = arguments.grammatical_subjects(verb) if link.dep_ in ("ccomp", "parataxis") else []
        for inserted in grammar.children(verb, "parataxis"):
            found = found or arguments.grammatical_subjects(inserted)
        for subject in found:
            if subject.lower_ not in FIRST_PERSON and subject.i != token.i:
                return subject
    return None
