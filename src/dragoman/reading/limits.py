"""How much one article may be. Larger ones are named and passed over, so that one file cannot stop a run."""

from __future__ import annotations

# An article of five million characters is some eight novels long: never one news text.
MOST_CHARACTERS = 5_000_000
# UTF-8 needs up to four bytes a character; JSON escapes (\uXXXX) up to six.
MOST_BYTES = 4 * MOST_CHARACTERS
MOST_LINE_BYTES = 32_000_000


def too_large(size: int, unit: str = "bytes") -> tuple[str, str]:
    """Return message and advice for an article over the limit."""
    return (
        f"the article is too large: {size:,} {unit}",
        f"an article may have up to {MOST_CHARACTERS:,} characters; split the text into its articles",
    )
