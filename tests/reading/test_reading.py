from __future__ import annotations

import gzip
import io
import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from dragoman.errors import ConfigError
from dragoman.model import Article
from dragoman.reading import Problem, make_article, read
from dragoman.reading.fields import NO_DATE

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "The ministers of Chad and Niger held talks in Abuja on Tuesday, and they said that it was a start."


def _split(found: list[Article | Problem]) -> tuple[list[Article], list[Problem]]:
    articles = [x for x in found if isinstance(x, Article)]
    return articles, [x for x in found if isinstance(x, Problem)]


def _one(path: Path, **options: object) -> Article:
    articles, problems = _split(list(read([path], **options)))  # type: ignore[arg-type]
    assert not problems, problems
    assert len(articles) == 1
    return articles[0]


def _problem(path: Path | str) -> Problem:
    articles, problems = _split(list(read([path])))
    assert not articles
    assert len(problems) == 1, problems
    return problems[0]


def _write(path: Path, data: str | bytes) -> Path:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def test_import_is_light() -> None:
    heavy = ("trafilatura", "pyarrow", "charset_normalizer", "py3langid", "numpy", "spacy", "pandas")
    code = f"import sys, dragoman.reading; sys.exit([m for m in {heavy!r} if m in sys.modules] != [])"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# ---- formats ----------------------------------------------------------------------------------------------


def test_plain_text_is_one_article_with_its_own_text_language_and_a_stable_id(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.txt", f"  {TEXT}\r\nSecond line.\n")
    article = _one(path, date="2020-07-14")
    assert article.text == f"  {TEXT}\r\nSecond line.\n"
    assert (article.date, article.language, article.origin, article.warnings) == (
        "2020-07-14",
        "en",
        str(path),
        (),
    )
    assert len(article.id) == 16
    assert article.id == _one(path, date="2020-07-14").id


def test_a_missing_date_is_a_warning(tmp_path: Path) -> None:
    article = _one(_write(tmp_path / "a.txt", TEXT))
    assert article.date is None
    assert article.warnings == (NO_DATE,)


def test_json_lines_with_names_of_other_pipelines(tmp_path: Path) -> None:
    row = {
        "story_id": 7,
        "event_text": TEXT,
        "pub_date": "2020-07-14T10:00:00Z",
        "headline": "Talks in Abuja",
        "publisher": "Daily Example",
        "link": "https://example.org/7",
        "lang": "en-GB",
    }
    article = _one(_write(tmp_path / "a.jsonl", json.dumps(row) + "\n"))
    assert article == Article(
        id="7",
        text=TEXT,
        date="2020-07-14",
        source="Daily Example",
        title="Talks in Abuja",
        url="https://example.org/7",
        language="en",
        origin=f"{tmp_path / 'a.jsonl'}:1",
    )


def test_the_title_is_not_put_into_the_text(tmp_path: Path) -> None:
    article = _one(_write(tmp_path / "a.jsonl", json.dumps({"text": TEXT, "title": "Talks"})))
    assert article.text == TEXT


def test_a_json_list_and_objects_over_several_lines_are_read(tmp_path: Path) -> None:
    rows = [{"id": "a", "text": TEXT}, {"id": "b", "text": TEXT}]
    for name, data in (
        ("list.json", json.dumps(rows, indent=1)),
        ("one-line.json", json.dumps(rows)),
        ("objects.json", "\n".join(json.dumps(r, indent=2) for r in rows)),
    ):
        articles, problems = _split(list(read([_write(tmp_path / name, data)])))
        assert [a.id for a in articles] == ["a", "b"], name
        assert not problems


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_with_any_common_delimiter_and_line_breaks_inside_fields(tmp_path: Path, delimiter: str) -> None:
    rows = f'id,Event Text,pub-date\r\n1,"One\r\ntwo ""three""\n{TEXT}",2020-07-14\r\n'
    rows = rows.replace(TEXT, "@").replace(",", delimiter).replace("@", TEXT)
    article = _one(_write(tmp_path / "a.csv", rows))
    assert article.text == f'One\r\ntwo "three"\n{TEXT}'
    assert (article.id, article.date, article.origin) == ("1", "2020-07-14", f"{tmp_path / 'a.csv'}:2")


def test_parquet_with_dates_strings_and_dictionaries(tmp_path: Path) -> None:
    import datetime

    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.table(
        {
            "body": pa.array([TEXT, TEXT + " Again."]),
            "doc_id": pa.array([1, 2]),
            "published": pa.array([datetime.datetime(2020, 7, 14, 10), None], pa.timestamp("ns")),
            "source": pa.array(["Example", "Example"]).dictionary_encode(),
            "unused": pa.array([[1], [2]]),
        }
    )
    pq.write_table(table, tmp_path / "a.parquet")
    articles, problems = _split(list(read([tmp_path / "a.parquet"])))
    assert not problems
    assert [(a.id, a.date, a.source) for a in articles] == [
        ("1", "2020-07-14", "Example"),
        ("2", None, "Example"),
    ]
    assert [a.text for a in articles] == [TEXT, TEXT + " Again."]
    assert articles[1].origin == f"{tmp_path / 'a.parquet'}: row 2"


HTML = f"""<!doctype html><html lang="en"><head><title>Talks in Abuja</title>
<meta charset="{{charset}}"><meta property="article:published_time" content="2020-07-14T10:00:00Z">
<link rel="canonical" href="https://example.org/talks"></head><body><nav><a href="/">Home</a></nav>
<article><h1>Talks in Abuja</h1><p>{TEXT}</p>
<p>“We will meet again in Zürich,” the minister said after three hours of talks on the border.</p></article>
<footer>Copyright 2020</footer></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252"])
def test_html_gives_main_text_title_date_and_address(tmp_path: Path, charset: str) -> None:
    page = HTML.format(charset=charset).encode(charset)
    article = _one(_write(tmp_path / "a.html", page))
    assert TEXT in article.text
    assert "Zürich" in article.text
    assert "Home" not in article.text
    assert (article.title, article.date, article.url) == (
        "Talks in Abuja",
        "2020-07-14",
        "https://example.org/talks",
    )


def test_gzip_is_told_by_its_bytes(tmp_path: Path) -> None:
    packed = gzip.compress(json.dumps({"id": "z", "text": TEXT}).encode())
    assert _one(_write(tmp_path / "a.jsonl.gz", packed)).id == "z"
    assert _one(_write(tmp_path / "b.jsonl", packed)).id == "z"
    assert _one(_write(tmp_path / "c.txt.gz", TEXT)).text == TEXT


def test_folders_are_read_in_order_with_what_lies_below(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("z.txt", "a.txt", "b/c.txt", ".hidden.txt", "picture.png"):
        _write(tmp_path / name, f"{TEXT} {name}")
    articles, problems = _split(list(read([tmp_path])))
    assert [a.text.rpartition(" ")[2] for a in articles] == ["a.txt", "z.txt", "b/c.txt"]
    assert not problems


@pytest.mark.parametrize(
    ("data", "number"),
    [
        (TEXT.encode(), 1),
        ((json.dumps({"text": TEXT}) + "\n").encode() * 2, 2),
        (HTML.format(charset="utf-8").encode(), 1),
        (gzip.compress((json.dumps({"text": TEXT}) + "\n").encode() * 2), 2),
    ],
)
def test_standard_input_is_sniffed(data: bytes, number: int) -> None:
    stdin = io.BytesIO(data)
    articles, problems = _split(list(read(["-"], stdin=stdin)))
    assert (len(articles), problems) == (number, [])
    assert TEXT in articles[0].text
    assert not stdin.closed


def test_the_input_format_can_be_given() -> None:
    stdin = io.BytesIO(f"text\n{TEXT}\n".encode().replace(b",", b""))
    articles, problems = _split(list(read(["-"], stdin=stdin, input_format="csv")))
    assert (len(articles), problems) == (1, [])
    with pytest.raises(ConfigError, match="docx"):
        read(["-"], input_format="docx")  # type: ignore[arg-type]


def test_a_text_column_of_another_name_can_be_given(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.csv", f'key,lead\nk1,"{TEXT}"\n')
    article = _one(path, text_field="lead", id_field="key")
    assert (article.id, article.text) == ("k1", TEXT)


# ---- dates ------------------------------------------------------------------------------------------------


def test_date_fills_in_only_missing_dates(tmp_path: Path) -> None:
    rows = [{"text": TEXT, "date": "2019-01-02"}, {"text": TEXT}, {"text": TEXT, "date": "soon"}]
    path = _write(tmp_path / "a.jsonl", "\n".join(map(json.dumps, rows)))
    articles, _ = _split(list(read([path], date="2020-07-14")))
    assert [a.date for a in articles] == ["2019-01-02", "2020-07-14", "2020-07-14"]
    with pytest.raises(ConfigError, match="two ways"):
        read([path], date="03/04/2020")


def test_a_date_that_is_no_date_is_a_warning_and_the_article_still_comes(tmp_path: Path) -> None:
    rows = [{"text": f"{TEXT} {d}", "date": d} for d in ("sometime", "03/04/2020", "2020-02-30")]
    articles, problems = _split(list(read([_write(tmp_path / "a.jsonl", "\n".join(map(json.dumps, rows)))])))
    assert not problems
    assert [a.date for a in articles] == [None] * 3
    assert ["sometime" in articles[0].warnings[0], "two ways" in articles[1].warnings[0]] == [True, True]
    assert "does not exist" in articles[2].warnings[0]
    assert all(NO_DATE in a.warnings for a in articles)


# ---- ids --------------------------------------------------------------------------------------------------


def test_repeated_ids_get_a_number_and_a_warning(tmp_path: Path) -> None:
    rows = [{"id": i, "text": TEXT, "date": "2020-07-14"} for i in ("a", "a", "a-2", "a", "b")]
    articles, _ = _split(list(read([_write(tmp_path / "a.jsonl", "\n".join(map(json.dumps, rows)))])))
    assert [a.id for a in articles] == ["a", "a-2", "a-2-2", "a-3", "b"]
    assert [bool(a.warnings) for a in articles] == [False, True, True, True, False]
    assert "'a'" in articles[1].warnings[0]


def test_the_same_text_twice_without_ids_keeps_both_articles(tmp_path: Path) -> None:
    paths = [_write(tmp_path / name, TEXT) for name in ("a.txt", "b.txt")]
    articles, _ = _split(list(read(paths)))
    assert articles[1].id == f"{articles[0].id}-2"


# ---- encodings --------------------------------------------------------------------------------------------

WESTERN = (
    "The minister’s aide said “no” to the offer – and left the café in Málaga with the envoy of Curaçao."
)
RUSSIAN = "Президент России встретился с министром иностранных дел Казахстана во вторник."
ARABIC = "قال وزير الخارجية يوم الثلاثاء إن المحادثات مع الوفد السوداني كانت مفيدة."
CHINESE = "中国外交部发言人星期二表示，中方欢迎这次会谈，并希望各方保持对话。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("form", ["txt", "jsonl", "csv"])
def test_unicode_encodings_are_read_exactly(tmp_path: Path, encoding: str, form: str) -> None:
    text = WESTERN + " 😀 e\u0301"
    data = {"txt": text, "jsonl": json.dumps({"text": text}, ensure_ascii=False), "csv": f'text\n"{text}"\n'}[
        form
    ]
    article = _one(_write(tmp_path / f"a.{form}", data.encode(encoding)))
    assert article.text == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (WESTERN, "cp1252"),
        ("Le président a rencontré la chancelière à l'Élysée, a déclaré le ministère.", "cp1252"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (ARABIC, "cp1256"),
        (CHINESE, "gb18030"),
        ("Prezydent spotkał się z ministrem spraw zagranicznych w Łodzi, żeby omówić współpracę.", "cp1250"),
    ],
)
@pytest.mark.parametrize("form", ["txt", "jsonl", "csv"])
def test_older_encodings_are_found_and_named(tmp_path: Path, text: str, encoding: str, form: str) -> None:
    data = {"txt": text, "jsonl": json.dumps({"text": text}, ensure_ascii=False), "csv": f'text\n"{text}"\n'}[
        form
    ]
    article = _one(_write(tmp_path / f"a.{form}", data.encode(encoding)))
    assert article.text == text
    assert any(encoding in w for w in article.warnings), article.warnings


def test_damaged_utf8_keeps_the_rest_and_says_so(tmp_path: Path) -> None:
    data = f"{RUSSIAN} {TEXT}".encode()
    article = _one(_write(tmp_path / "a.txt", data + b" \xd0 end"))
    assert article.text == f"{RUSSIAN} {TEXT} \ufffd end"
    assert "1 bytes are not valid UTF-8" in article.warnings[0]


@pytest.mark.parametrize(
    ("text", "language"), [(ARABIC, "ar"), (CHINESE, "zh"), (RUSSIAN, "ru"), ("Hm.", None)]
)
def test_languages_are_detected(tmp_path: Path, text: str, language: str | None) -> None:
    article = _one(_write(tmp_path / "a.txt", text))
    assert (article.text, article.language) == (text, language)


def test_control_characters_emoji_and_combining_characters_keep_their_places(tmp_path: Path) -> None:
    text = f"\x07{TEXT}\x00 😀 e\u0301 \u202e👩‍👩‍👧 end\x85"
    article = _one(_write(tmp_path / "a.txt", text))
    assert article.text == text
    assert "3 control character(s), the first U+0007" in article.warnings[0]
    row = json.dumps({"text": text}) + '\n{"text": "a bare \x01 sign and half a \\ud800 pair"}\n'
    articles, problems = _split(list(read([_write(tmp_path / "a.jsonl", row)])))
    assert not problems
    assert [a.text for a in articles] == [text, "a bare \x01 sign and half a \ufffd pair"]


# ---- bad input --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv", "a.parquet", "a.html", "a.txt.gz"])
def test_an_empty_file_is_a_problem(tmp_path: Path, name: str) -> None:
    problem = _problem(_write(tmp_path / name, b""))
    assert problem.where == str(tmp_path / name)
    assert "empty" in problem.message


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv", "a.parquet", "a.html", "a", "a.pdf"])
@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, b"%PDF-1.7\n%\xe2\xe3" * 20])
def test_a_binary_file_is_a_problem(tmp_path: Path, name: str, data: bytes) -> None:
    problem = _problem(_write(tmp_path / name, data))
    assert problem.where.startswith(str(tmp_path / name))
    assert "Parquet" in problem.message or "not a text" in problem.message


def test_a_line_of_fifty_megabytes_is_a_problem_and_the_next_lines_come(tmp_path: Path) -> None:
    huge = b"a" * 50_000_000
    after = json.dumps({"id": "next", "text": TEXT}).encode()
    articles, problems = _split(
        list(read([_write(tmp_path / "a.jsonl", b'{"text":"' + huge + b'"}\n' + after)]))
    )
    assert [a.id for a in articles] == ["next"]
    assert problems[0].where == f"{tmp_path / 'a.jsonl'}:1"
    assert "50,000,0" in problems[0].message
    assert "5,000,000 characters" in problems[0].advice
    table = b'id,text\n1,"' + huge + b'\nsecond line"\nnext,"' + TEXT.encode() + b'"\n'
    articles, problems = _split(list(read([_write(tmp_path / "a.csv", table)])))
    assert [a.id for a in articles] == ["next"]
    assert problems[0].where == f"{tmp_path / 'a.csv'}:2"
    for name, data in (("a.txt", huge), ("a.txt.gz", gzip.compress(huge, 1)), ("a.html", huge)):
        assert "50,000,000" in _problem(_write(tmp_path / name, data)).message


def test_one_broken_line_of_ten_is_named_and_nine_articles_come(tmp_path: Path) -> None:
    lines = [json.dumps({"id": str(n), "text": TEXT}) for n in range(1, 11)]
    lines[6] = lines[6][:-20]
    articles, problems = _split(list(read([_write(tmp_path / "a.jsonl", "\n".join(lines))])))
    assert [a.id for a in articles] == [str(n) for n in range(1, 11) if n != 7]
    assert [p.where for p in problems] == [f"{tmp_path / 'a.jsonl'}:7"]
    assert "not valid JSON" in problems[0].message


@pytest.mark.parametrize(
    "line", ["[1]", '"text"', "12", "null", '{"text": 3}', '{"text": ""}', '{"title": "x"}', "{}"]
)
def test_a_line_without_an_article_is_a_problem(tmp_path: Path, line: str) -> None:
    good = json.dumps({"id": "good", "text": TEXT})
    articles, problems = _split(list(read([_write(tmp_path / "a.jsonl", f"{good}\n{line}\n")])))
    assert [a.id for a in articles] == ["good"]
    assert [p.where for p in problems] == [f"{tmp_path / 'a.jsonl'}:2"]


def test_a_csv_without_a_text_column_lists_the_columns_and_the_valid_names(tmp_path: Path) -> None:
    problem = _problem(_write(tmp_path / "a.csv", "id,when,words\n1,2020-07-14,hello\n"))
    assert "'words'" in problem.message
    assert "event_text" in problem.advice


def test_an_open_quotation_mark_costs_one_row_only(tmp_path: Path) -> None:
    table = f'id,text\n1,"{TEXT}"\n2,"{TEXT}\n3,{TEXT.replace(",", "")}\n4,{TEXT.replace(",", "")}\n'
    articles, problems = _split(list(read([_write(tmp_path / "a.csv", table)])))
    assert [a.id for a in articles] == ["1", "3", "4"]
    assert [p.where for p in problems] == [f"{tmp_path / 'a.csv'}:3"]


def test_html_without_text_is_a_problem(tmp_path: Path) -> None:
    problem = _problem(_write(tmp_path / "a.html", "<html><body><script>var a = 1;</script></body></html>"))
    assert "no main text" in problem.message


def test_a_folder_without_readable_files_lists_the_readable_endings(tmp_path: Path) -> None:
    _write(tmp_path / "a.docx", b"PK")
    problem = _problem(tmp_path)
    assert problem.where == str(tmp_path)
    assert ".jsonl" in problem.advice
    assert ".parquet" in problem.advice


def test_a_path_that_does_not_exist_is_a_problem(tmp_path: Path) -> None:
    assert "no such file" in _problem(tmp_path / "none.txt").message


def test_damaged_gzip_is_a_problem_after_the_articles_that_came(tmp_path: Path) -> None:
    import random

    noise = random.Random(1)
    lines = [json.dumps({"id": str(n), "text": f"{TEXT} {noise.random()}"}) for n in range(2000)]
    packed = gzip.compress("\n".join(lines).encode())
    articles, problems = _split(list(read([_write(tmp_path / "a.jsonl.gz", packed[: len(packed) // 2])])))
    assert len(articles) > 100
    assert "damaged" in problems[-1].message


def test_bad_inputs_do_not_stop_the_good_ones(tmp_path: Path) -> None:
    _write(tmp_path / "a.txt", b"")
    _write(tmp_path / "b.txt", bytes(range(256)) * 10)
    _write(tmp_path / "c.parquet", b"PAR1 broken")
    _write(tmp_path / "d.txt", TEXT)
    articles, problems = _split(list(read([tmp_path, tmp_path / "none"])))
    assert (len(articles), len(problems)) == (1, 4)


def test_an_article_of_a_text_in_memory() -> None:
    article = make_article(TEXT, date="2020-07-14")
    assert (article.text, article.date, article.language) == (TEXT, "2020-07-14", "en")


class _Endless(io.RawIOBase):
    """Standard input that never ends: only a reader that streams gives anything."""

    def __init__(self) -> None:
        self.lines = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        line = json.dumps({"id": self.lines, "text": TEXT}).encode() + b"\n"
        self.lines += 1
        buffer[: len(line)] = line
        return len(line)


def test_articles_come_while_the_input_is_still_read() -> None:
    stdin = _Endless()
    found = read("-", stdin=stdin, input_format="jsonl")  # type: ignore[arg-type]
    assert [next(found).id for _ in range(3)] == ["0", "1", "2"]  # type: ignore[union-attr]
    assert stdin.lines < 500
