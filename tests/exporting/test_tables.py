from __future__ import annotations

import csv as std_csv
import io

import msgspec
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings

from dragoman.errors import ConfigError, RecordError
from dragoman.exporting import csv, formats, jsonl, parquet, rows
from dragoman.exporting import documents as records
from dragoman.exporting.frame import frame
from exporting.records import documents, full


@settings(max_examples=60, deadline=None)
@given(documents())
def test_no_event_is_lost_in_rows(document):
    found = list(rows.rows(document))
    assert [row.event_id for row in found] == [event.id for event in document.events]
    for row in found:
        assert document.text[row.trigger_start : row.trigger_end] == row.trigger
        assert row.trigger in row.sentence
    shown = {event.id for event in rows.happenings(document)}
    assert {row.duplicate_of for row in found} - {None} <= shown
    assert {row.event_id for row in found if row.duplicate_of is None} == shown


@settings(max_examples=60, deadline=None)
@given(documents())
def test_csv_and_json_lines_give_back_the_same_words(document):
    wanted = [rows.as_dict(row) for row in rows.rows(document)]
    decoded = [msgspec.json.decode(line) for line in jsonl.lines(document).splitlines()]
    assert decoded == wanted
    text = (csv.header() + csv.lines(document)).decode()
    read = list(std_csv.DictReader(io.StringIO(text, newline="")))
    assert len(read) == len(wanted)
    for cells, row in zip(read, wanted, strict=True):
        assert cells["sentence"] == row["sentence"]
        assert cells["article_id"] == row["article_id"]
        assert cells["historical"] == "false"
        assert float(cells["confidence"]) == row["confidence"]


def test_full_event_fills_every_kind_of_column():
    first, second = rows.rows(full())
    assert (first.actors, first.actor_countries, first.actor_sectors) == ("Chad; Niger", "TCD; ", "GOV,MIL; ")
    assert (first.recipients, first.recipient_countries) == (None, None)
    assert (first.said_by, first.said_by_entity, first.said_by_country) == ("Mali", "Mali", "MLI")
    assert (first.time_value, first.time_latest, first.time_from) == (None, "2020-07-13", "Monday")
    assert (first.place, first.place_country, first.latitude) == ("Accra", "GHA", 5.55)
    assert (first.contexts, first.why, first.decided_by) == ("diplomatic; military", "CONSULT/call", "frame")
    assert (first.duplicate_of, second.duplicate_of) == (None, "e1")


def test_parquet_gives_back_the_rows_with_types(tmp_path):
    source, target = tmp_path / "rows.jsonl", tmp_path / "rows.parquet"
    source.write_bytes(jsonl.lines(full()))
    parquet.from_jsonl(source, target)
    table = pq.read_table(target)
    assert table.schema.names == list(rows.COLUMNS)
    assert str(table.schema.field("latitude").type) == "double"
    assert str(table.schema.field("reciprocal").type) == "bool"
    assert table.to_pylist() == [rows.as_dict(row) for row in rows.rows(full())]


def test_parquet_without_events_still_has_its_columns(tmp_path):
    source, target = tmp_path / "rows.jsonl", tmp_path / "rows.parquet"
    source.touch()
    parquet.from_jsonl(source, target)
    assert pq.read_table(target).schema.names == list(rows.COLUMNS)


def test_parquet_is_written_in_batches(tmp_path, monkeypatch):
    monkeypatch.setattr(parquet, "ROWS_PER_GROUP", 3)
    source, target = tmp_path / "rows.jsonl", tmp_path / "rows.parquet"
    source.write_bytes(jsonl.lines(full()) * 5)
    parquet.from_jsonl(source, target)
    assert pq.ParquetFile(target).num_row_groups == 4
    assert pq.read_table(target).num_rows == 10


def test_spreadsheet_formulas_are_kept_as_the_words_they_are():
    document = msgspec.structs.replace(full(), source="=1+1")
    assert b",=1+1," in csv.lines(document)


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_frame_has_a_row_an_event_and_all_columns(library):
    table = frame([full(), object(), full()], library)
    assert list(table.columns) == list(rows.COLUMNS)
    assert len(table) == 4
    assert list(table["type"]) == ["CONSULT"] * 4
    assert list(frame([], library).columns) == list(rows.COLUMNS)


def test_frame_of_an_unknown_library_is_refused():
    with pytest.raises(ConfigError, match="excel"):
        frame([], "excel")


def test_documents_are_read_back_and_error_lines_passed_over(tmp_path):
    path = tmp_path / "documents.jsonl"
    path.write_bytes(records.line(full()) + b'{"id":"x","error":{"kind":"E","message":"m"}}\n\n')
    assert list(records.read(path)) == [full()]
    path.write_bytes(records.line(full()) + b'{"id": 3}\n')
    with pytest.raises(RecordError, match=r"documents\.jsonl:2"):
        list(records.read(path))


@pytest.mark.parametrize(
    ("name", "option", "whole", "expected"),
    [
        ("x.jsonl", None, False, "jsonl"),
        ("x.CSV", None, False, "csv"),
        ("x.pq", None, False, "parquet"),
        ("x.txt", "csv", False, "csv"),
        ("x.jsonl", None, True, "documents"),
        (None, None, False, "jsonl"),
        (None, "csv", False, "csv"),
    ],
)
def test_format_is_told_by_option_or_ending(tmp_path, name, option, whole, expected):
    assert formats.chosen(tmp_path / name if name else None, option, whole).name == expected


@pytest.mark.parametrize(
    ("name", "option", "whole"),
    [("x.txt", None, False), ("x", None, False), ("x.csv", None, True), ("x.jsonl", "xml", False)],
)
def test_format_that_cannot_be_is_refused_with_the_choices(tmp_path, name, option, whole):
    with pytest.raises(ConfigError) as caught:
        formats.chosen(tmp_path / name, option, whole)
    assert caught.value.advice
