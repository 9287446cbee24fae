"""Sentences, the parse, and what a parse says. Knows nothing of actors or events."""
