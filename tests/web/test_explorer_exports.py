"""Files: the rows of the page, all of them, the same in each form."""

from __future__ import annotations

import csv
import io

import pyarrow.parquet as pq
import pytest

from web.asking import rows

QUERY = "actor=KEN&both=1"


def csv_rows(client, what, query):
    answer = client.get(f"/export?what={what}&format=csv&{query}")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.headers["content-disposition"] == f'attachment; filename="{what}.csv"'
    return list(csv.DictReader(io.StringIO(answer.text, newline="")))


@pytest.mark.parametrize("what", ["codings", "happenings", "dyads", "places"])
@pytest.mark.parametrize("query", ["", QUERY, "type=ACCUSE&status=occurred", "text=nothing+like+it"])
def test_all_forms_hold_the_same_rows(shared, what, query):
    table = csv_rows(shared, what, query)
    objects = shared.get(f"/export?what={what}&format=json&{query}").json()
    parquet = pq.read_table(io.BytesIO(shared.get(f"/export?what={what}&format=parquet&{query}").content))
    assert len(table) == len(objects) == parquet.num_rows
    if table:
        assert list(table[0]) == list(objects[0]) == parquet.column_names
    for line, record in zip(table, objects, strict=True):
        for name, value in record.items():
            if value is None:
                assert line[name] == ""
            elif isinstance(value, str):
                assert line[name] == value


def test_codings_are_those_of_the_search(shared):
    table = csv_rows(shared, "codings", "type=SANCTION")
    found = rows(
        shared, "SELECT article, event FROM events_now WHERE type = 'SANCTION' AND duplicate_of IS NULL"
    )
    assert {(row["article"], row["event"]) for row in table} == set(found)
    kenya = next(row for row in table if row["article"] == "call-a")
    assert kenya["actor_keys"] == "state:KEN"
    assert kenya["source"] == "Hill Gazette"
    assert kenya["happening"]


def test_an_empty_result_keeps_its_columns(shared):
    answer = shared.get("/export?what=codings&format=csv&text=nothing+like+it")
    assert answer.text.startswith("article,event,date,type,")
    assert answer.text.count("\n") == 1


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("what=all&format=csv", "no table"),
        ("what=codings&format=exe", "no format"),
        ("what=codings&format=csv&since=soon", "is no date"),
    ],
)
def test_files_that_cannot_be_made_are_pages(shared, query, words):
    answer = shared.get(f"/export?{query}")
    assert answer.status_code == 400
    assert words in answer.text
