"""`dragoman codebook`: what a newcomer meets when checking, reading and beginning a codebook."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dragoman.cli import codebook_check
from dragoman.cli.main import app

ACCESS = Path(__file__).parents[2] / "examples" / "codebooks" / "humanitarian-access"


def ran(*args, columns="80"):
    return CliRunner().invoke(app, ["codebook", *map(str, args)], env={"COLUMNS": columns, "NO_COLOR": "1"})


@pytest.fixture
def mine(tmp_path):
    """A codebook as `new` makes it."""
    folder = tmp_path / "mine"
    assert ran("new", folder).exit_code == 0
    return folder


def changed(folder, *pairs, file="types/HELP.yaml"):
    path = folder / file
    text = path.read_text("utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, "utf-8")
    return folder


# --- new


def test_a_new_codebook_passes_at_once(mine):
    done = ran("check", mine)
    assert done.exit_code == 0, done.output
    assert done.output.count("\n") == 1
    assert done.output.startswith("mine 1: 1 type, 1 mode, 1 context, 2 frames, 4 examples; no faults")


def test_a_new_codebook_says_what_comes_next(tmp_path):
    done = ran("new", tmp_path / "a", "--name", 'odd: "name" #1')
    assert f"dragoman codebook check {tmp_path / 'a'}" in done.output
    assert ran("check", tmp_path / "a", "--no-examples").output.startswith('odd: "name" #1 1: ')


def test_an_empty_folder_is_filled(tmp_path):
    assert ran("new", tmp_path).exit_code == 0
    assert (tmp_path / "codebook.yaml").is_file()


def test_nothing_is_overwritten(mine):
    before = (mine / "codebook.yaml").read_bytes()
    done = ran("new", mine, "--name", "other")
    assert done.exit_code == 2
    assert "holds files already" in done.output
    assert (mine / "codebook.yaml").read_bytes() == before
    assert ran("new", mine / "codebook.yaml").exit_code == 2
    assert ran("new", mine.parent / "b", "--name", " ").exit_code == 2


# --- check


def test_every_fault_is_named_and_none_hides_another(mine):
    changed(
        mine,
        ("intensity: 5", "intensity: high"),
        ("actor: [subject]", "actr: [subject]"),
        ("$supplies", "$suplies"),
        ("score: 0.8", "score: 8"),
        ("type: HELP, actors", "type: HLEP, actors"),
        ("mode: by-air\n", "mode: by-sea\n"),
    )
    (mine / "types" / "BROKEN.yaml").write_text("type: BROKEN\ndefinition: x: y\n")
    (mine / "types" / "EMPTY.yaml").write_text("")
    (mine / "types" / "OTHER.yaml").write_text("type: OTHER\ndefinition: x\nwhen_planned: BROKEN\n")
    changed(mine, ("fuel, vaccine]", "fuel, $supplies, $nowhere]"), file="codebook.yaml")
    done = ran("check", mine)
    assert done.exit_code == 2
    faults = [
        line.removeprefix(f"{mine}/") for line in done.output.splitlines() if line.startswith(str(mine))
    ]
    faults = [line for line in faults if "warning: " not in line]
    assert [line.split(": ", 1)[1] for line in faults] == [
        "word list 'supplies' contains itself",
        "no word list '$nowhere'",
        "not valid YAML: mapping values are not allowed in this context",
        "the file is empty",
        "'intensity': a number is wanted, and text stands there",
        "no word list '$suplies'",
        "there is no key 'actr' here",
        "frame 'send-goods': score 8.0 is out of range",
        "frame 'send-goods': no type 'HLEP'",
        "frame 'airlift-to': no mode 'by-sea'",
    ]
    text = (mine / "types" / "HELP.yaml").read_text("utf-8").splitlines()
    for line in faults[4:]:
        number = int(line.split(":")[1])
        wrong = line.rstrip("'").split("'")[-1] if "'" in line.split(": ", 1)[1] else ""
        assert wrong.split(" ")[0] in text[number - 1] or "score" in line or "intensity" in line
    assert "perhaps 'actor'; valid keys: id, trigger, actor" in " ".join(done.output.split())
    assert "perhaps 'supplies'" in done.output
    assert "perhaps 'HELP'" in done.output
    assert "10 faults" in done.output
    assert "the examples are coded once the faults are mended" in done.output


def test_a_fault_does_not_make_others(mine):
    frame = "frames:\n  - {id: go, trigger: {verb: go}}\n  - {id: b}\n  - 7\n"
    (mine / "types" / "GO.yaml").write_text(f'type: GO\nmodes: {{1: {{definition: "x"}}}}\n{frame}')
    done = ran("check", mine, "--no-examples")
    said = [line.split(": ", 1)[1] for line in done.output.splitlines() if "GO.yaml" in line]
    assert [line for line in said if "warning" not in line] == [
        "the key 'definition' is missing",
        "in 'modes': text is wanted, and a number stands there",
        "'verb': a list is wanted, and text stands there",
        "the key 'trigger' is missing",
        "in 'frames': keys with values is wanted, and a number stands there",
    ]


def test_a_key_that_stands_twice_is_a_fault(mine):
    changed(mine, ("type: HELP\n", "type: HELP\nintensity: 3\n"))
    done = ran("check", mine, "--no-examples")
    assert "the key 'intensity' stands twice, first on line 3" in done.output


def test_examples_that_fail_are_shown_with_what_was_coded(mine):
    changed(
        mine,
        ("recipients: [PER], status: occurred", "recipients: [BOL], status: occurred"),
        ("Chile sent a singer to Peru", "Chile sent water to Peru"),
    )
    done = ran("check", mine)
    assert done.exit_code == 1
    lines = done.output.splitlines()
    line = next(n for n, text in enumerate(lines) if "tents and blankets" in text)
    assert lines[line].startswith(f"{mine}/types/HELP.yaml:26: HELP/send-goods: Chile sent tents")
    assert lines[line + 1 : line + 3] == [
        "    wanted: HELP CHL → BOL occurred",
        "    coded:  HELP CHL → PER occurred [HELP/send-goods]",
    ]
    assert "    wanted: no event" in lines
    assert lines[-1].endswith("no faults, no warnings, 2 examples failing")
    assert ran("check", mine, "--no-examples").exit_code == 0


def test_what_looks_odd_is_a_warning(mine):
    more = "  - {id: twin, trigger: {verb: [ship, tow], object: [$supplies]}, actor: [subject]}\n"
    changed(mine, ("  - id: airlift-to\n", f"{more}  - id: airlift-to\n"))
    changed(mine, ("words:\n", "words:\n  unused: [a]\n"), file="codebook.yaml")
    done = ran("check", mine, "--no-examples")
    assert done.exit_code == 0
    assert "warning: no frame uses the word list $unused" in done.output
    assert "warning: frame 'twin' has no example" in done.output
    assert f"warning: frame 'twin' has the trigger of HELP/send-goods ({mine}/types/HELP.yaml:16): ship" in (
        done.output
    )
    assert "no faults, 3 warnings" in done.output


def test_a_codebook_that_is_not_there_is_said(tmp_path):
    for folder, says in ((tmp_path / "no", "not a folder"), (tmp_path, "no codebook.yaml")):
        done = ran("check", folder)
        assert done.exit_code == 2
        assert says in done.output
        assert "dragoman codebook new" in done.output
    (tmp_path / "codebook.yaml").write_text("name: a\nversion: '1'\n")
    assert "no event type" in ran("check", tmp_path).output


def test_the_shipped_codebook_has_no_fault():
    done = ran("check", "--no-examples")
    assert done.exit_code == 0
    assert done.output.splitlines()[-1].startswith("plover 2.0: 16 types, 67 modes, 37 contexts")


def test_progress_is_only_shown_on_a_terminal(capsys):
    assert list(codebook_check._watched([])) == []
    assert capsys.readouterr().err == ""


# --- show


def test_the_overview_has_every_type_and_context():
    output = ran("show", "--codebook", ACCESS).output
    assert "ATTACK-ON-AID  (5 modes, 7 frames)" in output
    assert "  siege: A town or district that is cut off." in output
    assert "9 types" in output


def test_a_page_says_all_that_the_file_says():
    output = ran("show", "sanction").output
    for part in (
        "SANCTION\nA cut in relations",
        "Not this type\n  if ",
        "What it becomes",
        "Modes\n  convict: ",
        "SANCTION/sanction-verb\n    verb       sanction, embargo, blacklist\n",
        "    actor      subject\n    recipient  object\n",
        "“Britain sanctioned six Belarusian judges.”\n        = SANCTION-discontinue GBR → BLR, occurred",
        "Word lists\n  $",
    ):
        assert part in output, part


@pytest.mark.parametrize(("columns", "widest"), [("60", 60), ("80", 80), ("300", 100)])
def test_pages_are_plain_and_fit(columns, widest):
    for args in (("show",), ("show", "CONSULT")):
        output = ran(*args, columns=columns).stdout
        assert "\x1b" not in output
        assert max(map(len, output.splitlines())) <= widest


def test_one_frame_is_shown_as_why_names_it():
    output = ran("show", "GRANT/open-crossing", "--codebook", ACCESS).output
    assert output.startswith("  GRANT/open-crossing\n")
    assert "let-pass" not in output
    assert "$crossings: crossing, border crossing" in output


def test_an_unknown_name_is_met_with_the_nearest():
    done = ran("show", "SANCTON")
    assert done.exit_code == 2
    assert "perhaps 'SANCTION'; choose one of" in done.output
    assert "perhaps 'hold-talks'" in ran("show", "CONSULT/hold-talk").output


def test_of_a_faulty_codebook_the_rest_is_shown(tmp_path):
    shutil.copytree(ACCESS, tmp_path / "a")
    changed(tmp_path / "a", ("actor:", "doer:"), file="types/LOOT.yaml")
    done = ran("show", "grant", "--codebook", tmp_path / "a")
    assert done.exit_code == 0
    assert "note: 1 fault in this codebook" in done.output
    assert "GRANT/open-crossing" in done.output
