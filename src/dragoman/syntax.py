"""A parse in plain Python: tokens with their words, tags, lemmas and places in the dependency tree.

The layers ask the same few things of every token many times over. spaCy answers each time by a new object
and a look-up in its string store; copying a parse once and then reading plain attributes is many times
faster. The names are spaCy's own, so that what is known of spaCy's tokens holds here too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from spacy.tokens import Doc

    Repair = Callable[[Sequence["Token"], Sequence[list["Token"]]], None]


class Token:
    """One token of a parse. `i` is its index and `idx` its character offset, both within the sentence."""

    __slots__ = (
        "children",
        "dep_",
        "doc",
        "head",
        "i",
        "idx",
        "is_punct",
        "is_space",
        "left_edge",
        "lemma_",
        "lower_",
        "pos_",
        "right_edge",
        "tag_",
        "text",
        "whitespace_",
    )

    children: tuple[Token, ...]
    dep_: str
    doc: Parse
    head: Token
    i: int
    idx: int
    is_punct: bool
    is_space: bool
    left_edge: Token
    lemma_: str
    lower_: str
    pos_: str
    right_edge: Token
    tag_: str
    text: str
    whitespace_: str

    def __repr__(self) -> str:
        return self.text

    def __len__(self) -> int:
        return len(self.text)

    def __bool__(self) -> bool:
        return True

    @property
    def lefts(self) -> list[Token]:
        """The children before this token, in order."""
        return [child for child in self.children if child.i < self.i]

    @property
    def rights(self) -> list[Token]:
        """The children after this token, in order."""
        return [child for child in self.children if child.i > self.i]

    @property
    def n_lefts(self) -> int:
        """How many children stand before this token."""
        return len(self.lefts)

    @property
    def n_rights(self) -> int:
        """How many children stand after this token."""
        return len(self.rights)

    @property
    def subtree(self) -> list[Token]:
        """This token and all below it, in text order."""
        found: list[Token] = []
        waiting = [self]
        while waiting:
            token = waiting.pop()
            found.append(token)
            waiting.extend(token.children)
        found.sort(key=_position)
        return found

    @property
    def ancestors(self) -> Iterator[Token]:
        """The tokens above this one, nearest first."""
        token = self
        while token.head is not token:
            token = token.head
            yield token

    def is_ancestor(self, other: Token) -> bool:
        """Tell whether this token stands above another."""
        return any(token is self for token in other.ancestors)

    @property
    def conjuncts(self) -> tuple[Token, ...]:
        """The tokens coordinated with this one, this one left out."""
        first = self
        while first.dep_ == "conj" and first.head is not first:
            first = first.head
        chain, at = [first], 0
        while at < len(chain):
            chain.extend(child for child in chain[at].children if child.dep_ == "conj")
            at += 1
        chain.sort(key=_position)
        return tuple(token for token in chain if token is not self)

    def nbor(self, step: int = 1) -> Token:
        """Return the token `step` places on; raises `IndexError` outside the sentence."""
        at = self.i + step
        if at < 0:
            raise IndexError(at)
        return self.doc[at]


def _position(token: Token) -> int:
    return token.i


class Parse:
    """The tokens of one sentence, in order."""

    __slots__ = ("_tokens", "_vocabulary", "text")

    def __init__(
        self, doc: Doc, lexical: list[tuple[str, str]] | None = None, repair: Repair | None = None
    ) -> None:
        """Copy a spaCy parse of one sentence.

        Args:
            doc: the parse.
            lexical: part of speech and lemma of each token; None takes them from the parse.
            repair: mends heads and children in place, given the tokens and the children of each.
        """
        self.text: str = doc.text
        self._vocabulary: frozenset[str] | None = None
        tokens = self._tokens = [Token() for _ in range(len(doc))]
        children: list[list[Token]] = [[] for _ in tokens]
        for token, source in zip(tokens, doc, strict=True):
            token.doc = self
            token.i = source.i
            token.idx = source.idx
            token.text = source.text
            token.lower_ = source.lower_
            token.tag_ = source.tag_
            token.dep_ = source.dep_
            if lexical is None:
                token.pos_, token.lemma_ = source.pos_, source.lemma_
            else:
                token.pos_, token.lemma_ = lexical[token.i]
            token.whitespace_ = source.whitespace_
            token.is_punct = source.is_punct
            token.is_space = source.is_space
            head = source.head.i
            token.head = tokens[head]
            if head != token.i:
                children[head].append(token)
        if repair is not None:
            repair(tokens, children)
        for token, below in zip(tokens, children, strict=True):
            token.children = tuple(below)
            token.left_edge = token.right_edge = token
        self._set_edges()

    @property
    def vocabulary(self) -> frozenset[str]:
        """The lower-case forms and lemmas of all words."""
        if self._vocabulary is None:
            self._vocabulary = frozenset(w for t in self._tokens for w in (t.lower_, t.lemma_.lower()))
        return self._vocabulary

    def words(self, first: Token, last: Token) -> str:
        """Return the text from one token to another, both included."""
        return self.text[first.idx : last.idx + len(last.text)]

    def _set_edges(self) -> None:
        """Widen the edges of every token by those of all below it, in one walk up from each token."""
        for token in self._tokens:
            above = token
            while above.head is not above:
                above = above.head
                if token.i < above.left_edge.i:
                    above.left_edge = token
                if token.i > above.right_edge.i:
                    above.right_edge = token

    def __iter__(self) -> Iterator[Token]:
        return iter(self._tokens)

    def __len__(self) -> int:
        return len(self._tokens)

    @overload
    def __getitem__(self, at: int) -> Token: ...

    @overload
    def __getitem__(self, at: slice) -> list[Token]: ...

    def __getitem__(self, at: int | slice) -> Token | list[Token]:
        return self._tokens[at]
