"""`dragoman schema`: the JSON Schema of the document record."""

from __future__ import annotations

from dragoman.cli.exits import guarded


@guarded
def schema() -> None:
    """Print the JSON Schema of the document record.

    \b
    Examples:
      dragoman schema > document.schema.json
    """
    import json

    from dragoman import model

    print(json.dumps(model.schema(), indent=2, ensure_ascii=False))
