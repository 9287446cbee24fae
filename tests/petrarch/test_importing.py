from __future__ import annotations

import re

import pytest
from typer.testing import CliRunner

from dragoman.actors.own_files import read_actors
from dragoman.cli.main import app
from dragoman.errors import ConfigError
from dragoman.events import load_codebook
from dragoman.petrarch.importing import ACTORS, CODEBOOK, REPORT, Dictionaries, import_dictionaries
from petrarch.invented import ALL, HERE


def told(coder, text, date="2003-05-01"):
    """Return the events of a text as "actor TYPE-mode recipient"."""
    document = coder.code(text, date=date)
    return [
        f"{','.join(p.country or '?' for p in e.actors)} {e.type}{'-' + e.mode if e.mode else ''} "
        f"{','.join(p.country or '?' for p in e.recipients)}".strip()
        for e in document.events
    ]


CODED = {
    "Valdoria scolded Kestria on Monday.": ["VAL ACCUSE-disapprove KES"],
    "Kestria was scolded by Valdorian lancers.": ["VAL ACCUSE-disapprove KES"],
    "Kestria rebuffed the Amber Realm.": ["KES REJECT-assist VAL"],
    "Valdoria never scolded Kestria.": [],
    "Valdoria scolded the envoy of Omberland.": ["VAL REJECT-meet OMB"],
    "Valdoria hosted Kestria.": ["VAL CONSULT-visit KES", "KES CONSULT-visit VAL"],
    "Valdoria hosted a banquet for Kestria.": ["VAL CONSULT-visit KES", "KES CONSULT-visit VAL"],
    "Valdoria and Kestria parleyed on Monday.": ["VAL,KES CONSULT"],
    "Omberland parleyed with Valdoria and Kestria.": ["OMB CONSULT VAL,KES"],
    "Valdoria broke off with Kestria.": ["VAL SANCTION KES"],
    "Valdoria broke its pact with Kestria.": ["VAL COERCE-seize KES"],
    "Valdorian troops left Kestria.": ["VAL CONSULT-visit KES"],
    "Valdoria leaves Kestria.": [],
    "Valdoria muttered about Kestria.": [],
    "Valdoria muttered curses at Kestria.": ["VAL THREATEN KES"],
    "Valdoria pelted Kestria.": [],
    "Valdoria offended Kestria.": ["KES ACCUSE-disapprove VAL"],
    "Valdoria will scold Kestria.": ["VAL ACCUSE-disapprove KES"],
    "Valdoria shipped spices to Kestria.": ["VAL COOPERATE KES"],
    "Valdoria freighted relief parcels to poor ports in Kestria.": ["VAL AID KES"],
}


@pytest.mark.parametrize("text", CODED)
def test_imported_frames_code(coder_alone, text):
    assert told(coder_alone, text) == CODED[text]


@pytest.mark.parametrize(
    ("date", "sectors"), [("2000-01-01", "OPP"), ("2005-02-28", "GOV"), ("2005-03-01", "ELI")]
)
def test_imported_actors_are_who_they_are_on_the_day(coder_alone, date, sectors):
    document = coder_alone.code("Odo Marlin scolded Kestria.", date=date)
    (marlin,) = [e for e in document.entities if e.name == "Odo Marlin"]
    assert (marlin.country, marlin.sectors) == ("OMB", (sectors,))


def test_an_imported_actor_is_nobody_outside_its_dates(coder_alone):
    assert not coder_alone.code("Ada Pell scolded Kestria.", date="2009-01-01").events
    assert told(coder_alone, "Ada Pell scolded Kestria.", "2002-01-01") == ["VAL ACCUSE-disapprove KES"]


def test_imported_agents_take_the_country_they_stand_with(coder_alone):
    document = coder_alone.code(
        "The Kestrian Warden of Marshes scolded Valdorian ferrymen.", date="2003-05-01"
    )
    found = {(e.country, e.sectors) for e in document.entities}
    assert {("KES", ("GOV",)), ("VAL", ("LAB",))} <= found


def test_discards_stop_a_sentence_or_the_article(coder_alone):
    text = "Valdoria scolded Kestria. Kestria rebuffed Valdoria years later."
    document = coder_alone.code(text)
    assert [e.sentence for e in document.events] == [0]
    assert any("sentence 1 holds 'years later'" in w for w in document.warnings)
    document = coder_alone.code(text + " Both sailed in the Grand Regatta.")
    assert not document.events
    assert any("no article with 'Grand Regatta'" in w for w in document.warnings)


def test_imported_frames_stand_beside_those_of_plover(coder_beside, beside):
    assert told(coder_beside, "Valdoria scolded Kestria.") == ["VAL ACCUSE-disapprove KES"]
    assert told(coder_beside, "Kestria expelled the ambassador of Valdoria.") == ["KES SANCTION-expel VAL"]
    book, shipped = load_codebook(beside[0] / CODEBOOK), load_codebook()
    assert book.name == "mine"
    assert set(book.types) == set(shipped.types)
    assert len(list(book.frames())) > len(list(shipped.frames()))
    assert book.contexts == shipped.contexts


def test_what_was_not_carried_over_is_reported(alone):
    out, report = alone
    text = (out / REPORT).read_text("utf-8")
    assert f"{HERE / 'verbs.txt'}:19: - * &MISSING: there is no set &MISSING" in text
    assert re.search(r"verbs\.txt:45: PELT \[345\]: not a code of CAMEO", text)
    assert re.search(r"verbs\.txt:41: MUTTER \[023\]: CAMEO's root 02 has no type in PLOVER", text)
    assert re.search(r"1717\]: CAMEO has no such code; read by its first digits", text)
    assert report.carried["sets of synonyms"] == 3
    assert len(read_actors(out / ACTORS)) == report.carried["codes of actors"] + 7


def test_importing_twice_gives_the_same_bytes(alone, tmp_path):
    import_dictionaries(ALL, tmp_path / "again", "mine", alone=True)
    for name in (ACTORS, f"{CODEBOOK}/codebook.yaml"):
        assert (tmp_path / "again" / name).read_bytes() == (alone[0] / name).read_bytes()


def test_nothing_to_import_is_said(tmp_path):
    with pytest.raises(ConfigError, match="nothing to import"):
        import_dictionaries(Dictionaries(), tmp_path, "mine")


def test_the_command(tmp_path):
    runner = CliRunner()
    arguments = ["codebook", "import-petrarch", str(tmp_path / "mine")]
    for kind in ("verbs", "actors", "agents", "discards"):
        arguments += [f"--{kind}", str(HERE / f"{kind}.txt")]
    done = runner.invoke(app, arguments)
    assert done.exit_code == 0, done.output
    assert "carried over: 2 sets of synonyms" in done.output
    assert "not carried over:" in done.output
    assert f"wrote {tmp_path / 'mine' / 'report.txt'}" in done.output
    again = runner.invoke(app, arguments)
    assert again.exit_code == 2
    assert "--overwrite" in again.output
    assert runner.invoke(app, [*arguments, "--overwrite", "--alone"]).exit_code == 0
