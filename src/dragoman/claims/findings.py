"""What the grammar of one sentence says of an attribution."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.model import Stance
    from dragoman.syntax import Token


@dataclass(slots=True, eq=False)
class Finding:
    """One attribution in one sentence, as tokens; `content` is empty while a cue waits for its quotation."""

    cue: Token
    cue_tokens: list[Token]
    source: Token | None
    source_tokens: list[Token]
    content: list[Token]
    stance: Stance
    entry: str
    level: str
    place: str
    takes_quote: bool = False
