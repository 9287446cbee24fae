"""A codebook is data: it is checked with file and line, and any other folder works."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dragoman.errors import CodebookError
from dragoman.events import load_codebook, trigger_forms
from dragoman.events.codebook import line_of

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """\
name: access
version: "1"
contexts: {aid: {definition: relief, cues: [relief]}}
words: {goods: [food, "$drinks"], drinks: [water]}
"""
TYPE = """\
type: BLOCK
quad: 1
definition: Relief is stopped.
intensity: -1
modes: {road: {definition: on the road, cues: [road]}}
frames:
  - id: stop
    trigger: {verb: [stop], object: [$goods]}
    actor: [subject]
    recipient: [object.of, on]
"""


def write(folder: Path, head: str = HEAD, **types: str) -> Path:
    (folder / "types").mkdir()
    (folder / "codebook.yaml").write_text(head, encoding="utf-8")
    for name, text in (types or {"BLOCK": TYPE}).items():
        (folder / "types" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def test_the_shipped_codebook_has_all_of_plover() -> None:
    codebook = load_codebook()
    assert len(codebook.types) == 16
    assert sum(len(t.modes) for t in codebook.types.values()) == 67
    assert len(codebook.contexts) == 37
    assert len(codebook.sectors) == 25
    assert len(codebook.quads) == 4


def test_every_mode_and_type_has_its_score() -> None:
    for event_type in load_codebook().types.values():
        assert -10 <= event_type.intensity <= 10
        assert event_type.cameo
        for mode in event_type.modes.values():
            assert mode.intensity is not None, (event_type.type, mode)
            assert mode.definition


def test_another_folder_is_another_ontology(tmp_path: Path) -> None:
    codebook = load_codebook(write(tmp_path))
    assert list(codebook.types) == ["BLOCK"]
    assert codebook.types["BLOCK"].frames[0].trigger.object == ("food", "water")
    assert codebook.fingerprint.startswith("access-1+")


def test_on_is_a_preposition_and_no_boolean(tmp_path: Path) -> None:
    assert load_codebook(write(tmp_path)).types["BLOCK"].frames[0].recipient == ("object.of", "on")


def test_the_fingerprint_changes_with_the_content(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    first = load_codebook(write(tmp_path / "a"))
    second = load_codebook(write(tmp_path / "b", BLOCK=TYPE.replace("-1", "-2")))
    assert first.fingerprint != second.fingerprint


@pytest.mark.parametrize(
    ("broken", "line", "says"),
    [
        (TYPE.replace("actor:", "doer:"), 9, "valid keys"),
        (TYPE.replace("[$goods]", "[$gods]"), 8, "word lists: drinks, goods"),
        (TYPE.replace("recipient: [object.of, on]", "recipient: [object.beside_of]"), 10, "places"),
        (TYPE.replace("verb: [stop], ", ""), 8, "verb, noun, adjective"),
        (TYPE.replace("    actor", "    mode: rail\n    actor"), 9, "modes: road"),
        (TYPE.replace("quad: 1", "quad: [1]"), 2, "a number or text is wanted"),
        (TYPE + "    score: 7\n", 11, "at most 1"),
        ("type: [\n", 2, "YAML"),
    ],
)
def test_a_fault_is_named_with_file_and_line(tmp_path: Path, broken: str, line: int, says: str) -> None:
    with pytest.raises(CodebookError) as caught:
        load_codebook(write(tmp_path, BLOCK=broken))
    message = str(caught.value)
    assert f"BLOCK.yaml:{line}:" in message
    assert says in message


@pytest.mark.parametrize("key", ["    acting", "never_with"])
def test_a_sector_that_nobody_has_is_a_fault(tmp_path: Path, key: str) -> None:
    head = HEAD + "sectors: {GOV: rulers}\n"
    with pytest.raises(CodebookError, match="no sector 'GVO'"):
        load_codebook(write(tmp_path, head, BLOCK=f"{TYPE}{key}: [GVO]\n"))


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match="not a folder"):
        load_codebook(tmp_path / "nowhere")


def test_an_empty_codebook_is_refused(tmp_path: Path) -> None:
    folder = write(tmp_path)
    (folder / "types" / "BLOCK.yaml").unlink()
    with pytest.raises(CodebookError, match="no event type"):
        load_codebook(folder)


def test_an_id_used_twice_is_refused(tmp_path: Path) -> None:
    doubled = TYPE + TYPE.split("frames:\n")[1]
    with pytest.raises(CodebookError, match="twice"):
        load_codebook(write(tmp_path, BLOCK=doubled))


def test_lines_are_found_by_path() -> None:
    assert line_of(TYPE.encode(), "$.frames[0].trigger") == 8
    assert line_of(TYPE.encode(), "$.nowhere") == 1


def test_trigger_forms_are_those_of_the_heads() -> None:
    forms = trigger_forms(load_codebook())
    assert {"visited", "condemning", "sanctions", "attacked", "talks"} <= forms
    assert "the" not in forms
