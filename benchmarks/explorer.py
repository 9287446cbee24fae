"""How long the queries of each page of the explorer take on a corpus of a million events, on two cores.

    python benchmarks/explorer.py [--events 1000000] [--corpus FILE] [--keep]

The corpus is synthetic and the same each time: rows are made by SQL out of hashes of their number and put
straight into the tables, with the spread that news has (few actors in most events). Pages are asked
in-process, as the browser would ask them; printed are the longest query of a page, all of its queries, and
the whole page, each time with nothing remembered from before. Time on the clock means something on an idle
machine only; half of the processor time is what an idle machine of two cores needs at least.
"""

from __future__ import annotations

import argparse
import datetime
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb

TYPES = (
    "ACCUSE", "AGREE", "AID", "ASSAULT", "COERCE", "CONCEDE", "CONSULT", "COOPERATE", "MOBILIZE", "PROTEST",
    "REJECT", "REQUEST", "RETREAT", "SANCTION", "SUPPORT", "THREATEN",
)  # fmt: skip
STATUSES = ("occurred",) * 6 + ("ongoing", "planned", "proposed", "possible", "denied", "hypothetical")
COUNTRIES = (
    "USA", "RUS", "CHN", "UKR", "ISR", "PSE", "IRN", "GBR", "FRA", "DEU", "TUR", "SYR", "IND", "PAK", "JPN", "KOR",
    "PRK", "AFG", "IRQ", "SAU", "EGY", "YEM", "ETH", "SDN", "NGA", "KEN", "MLI", "ZAF", "BRA", "VEN", "COL", "MEX",
    "POL", "ITA", "ESP", "GRC", "ARM", "AZE", "GEO", "KAZ", "THA", "VNM", "PHL", "IDN", "AUS", "CAN", "LBN", "LBY",
)  # fmt: skip
ACTORS = 5_000
SOURCES = 120
SUMMIT_ARTICLES = 40
SUMMIT = (
    "Kenya proposed a summit of the East African states on grain in Nairobi in May. Uganda said it would attend "
    "the summit. Tanzania has not said whether it will take part.",
    "The summit of the East African states on grain in Nairobi has been postponed, Kenya said. Tanzania said that it "
    "would not attend the summit.",
    "Uganda agreed to the summit of the East African states on grain in Nairobi. Rwanda said the summit would be held "
    "on June 3. The agenda is not known.",
    "Kenya said the summit of the East African states on grain in Nairobi would be held on June 10. Tanzania said it "
    "would attend the summit.",
)
FIRST_DAY = "2004-01-01"
DAYS = 7_300


def spread(seed: str, size: int, power: float = 2.5) -> str:
    """Return SQL for a number 0..size-1 out of a row's number `n`: small numbers come often."""
    return f"CAST(floor(pow((hash(n, '{seed}') % 1000003) / 1000003.0, {power}) * {size}) AS BIGINT)"


def even(seed: str, size: int) -> str:
    """Return SQL for an evenly spread number 0..size-1 out of a row's number `n`."""
    return f"(hash(n, '{seed}') % {size})"


def one_of(values: tuple[str, ...], number: str) -> str:
    """Return SQL for the element of a list at a number."""
    quoted = ", ".join(f"'{value}'" for value in values)
    return f"([{quoted}])[1 + CAST({number} AS BIGINT) % {len(values)}]"


def fill(connection: duckdb.DuckDBPyConnection, events: int) -> None:
    """Fill the tables of an empty corpus: five events an article, two or three parties an event."""
    articles = max(events // 5, 1)
    run = connection.execute
    run("INSERT INTO runs VALUES (1, '{}', '0', 'plover-2.0+synthetic', '{}', TIMESTAMP '2024-01-01', TRUE)")
    run(
        f"""INSERT INTO articles BY NAME
        SELECT 'a' || lpad(n::VARCHAR, 8, '0') AS article,
          DATE '{FIRST_DAY}' + CAST(n * {DAYS} // {articles} AS INTEGER) AS date,
          'Source ' || {spread("source", SOURCES)} AS source, 'Report number ' || n AS title, 'en' AS language,
          repeat('The government of one country said something to another about a third matter. ', 8) AS text,
          md5(n::VARCHAR) AS content,
          CASE WHEN n % 9 = 0 AND n > 0 THEN 'a' || lpad((n - 1)::VARCHAR, 8, '0') END AS copy_of,
          CASE WHEN n % 9 = 0 AND n > 0 THEN .93 END AS similarity,
          CASE WHEN n % 9 = 0 AND n > 0 THEN 'w' || (n - 1) WHEN n % 9 = 8 THEN 'w' || n END AS wire
        FROM range({articles}) t(n)"""
    )
    run(
        f"""CREATE TEMP TABLE cast_of AS
        SELECT n AS number, {one_of(COUNTRIES, spread("country", len(COUNTRIES), 1.6))} AS country,
          CASE WHEN n < {len(COUNTRIES)} THEN 'state:' || ([{", ".join(f"'{c}'" for c in COUNTRIES)}])[1 + n]
            ELSE 'person:actor-' || n END AS key
        FROM range({ACTORS}) t(n)"""
    )
    run(f"UPDATE cast_of SET country = key[7:] WHERE number < {len(COUNTRIES)}")
    run(
        f"""INSERT INTO events BY NAME
        SELECT 1 AS run, 'a' || lpad((n // 5)::VARCHAR, 8, '0') AS article, 'e' || (1 + n % 5) AS event,
          DATE '{FIRST_DAY}' + CAST((n // 5) * {DAYS} // {articles} AS INTEGER) AS date,
          {one_of(TYPES, even("type", 16))} AS type, NULL AS mode, ['diplomatic'] AS contexts,
          {one_of(STATUSES, even("status", 12))} AS status, {even("old", 20)} = 0 AS historical, FALSE AS reciprocal,
          'said something' AS words, 30 + 78 * (n % 5)::INTEGER AS "start", 44 + 78 * (n % 5)::INTEGER AS "end",
          'The government of country ' || {even("word", 5000)} || ' said something to another about matter '
            || {even("matter", 20000)} || ' on the border near the old harbour.' AS sentence,
          78 * (n % 5)::INTEGER AS sentence_start, 78 * (n % 5)::INTEGER + 77 AS sentence_end,
          CASE WHEN {even("back", 3)} > 0 THEN date - CAST({even("days", 6)} AS INTEGER) END AS earliest,
          coalesce(earliest, date) AS latest, earliest IS NOT NULL AS time_stated,
          CASE WHEN {even("where", 5)} < 2 THEN {one_of(COUNTRIES, spread("pc", len(COUNTRIES)))} END AS place_country,
          CASE {even("where", 5)} WHEN 0 THEN 'Place ' || {spread("place", 900)} WHEN 1 THEN place_country END
            AS place,
          CASE WHEN {even("where", 5)} = 0 THEN {spread("place", 900)} * .11 - 40 END AS lat,
          CASE WHEN {even("where", 5)} = 0 THEN {spread("place", 900)} * .37 - 160 END AS lon,
          CASE {even("where", 5)} WHEN 0 THEN 'city' WHEN 1 THEN 'country' END AS precision,
          CASE WHEN {even("says", 2)} = 0 THEN 'a1' END AS claim,
          CASE WHEN {even("says", 2)} = 0 THEN 'Speaker ' || {spread("speaker", 3000)} END AS claimant,
          CASE WHEN {even("says", 2)} = 0 THEN 'person:speaker-' || {spread("speaker", 3000)} END AS claimant_key,
          CASE WHEN {even("says", 2)} = 0 THEN {one_of(COUNTRIES, spread("sc", len(COUNTRIES)))} END
            AS claimant_country,
          CASE WHEN {even("says", 2)} = 0 THEN 'asserts' END AS stance,
          {even("i", 20)} - 10.0 AS intensity, '010' AS cameo, .5 + {even("sure", 50)} / 100.0 AS confidence,
          'frame' AS decided_by, 'SYNTHETIC/one' AS entry,
          CASE WHEN n % 5 = 4 AND {even("dup", 2)} = 0 THEN 'e1' END AS duplicate_of, md5('event' || n) AS anchor
        FROM range({events}) t(n)"""
    )
    for side, position, share in (
        ("actor", 0, 100),
        ("actor", 1, 12),
        ("recipient", 0, 75),
        ("recipient", 1, 15),
    ):
        run(
            f"""INSERT INTO participants BY NAME
            SELECT 1 AS run, 'a' || lpad((n // 5)::VARCHAR, 8, '0') AS article, 'e' || (1 + n % 5) AS event,
              '{side}' AS side, {position} AS position, 'n1' AS entity, key,
              replace(key, 'state:', 'State ') AS name, country,
              ['GOV'] AS sectors, 4 AS "start", 14 AS "end"
            FROM range({events}) t(n) JOIN cast_of ON number = {spread(side + str(position), ACTORS, 4)}
            WHERE {even(side + "share" + str(position), 100)} < {share} ORDER BY n"""
        )
    run(
        """INSERT INTO reports BY NAME
        SELECT 1 AS run, article, event,
          'h' || (hash(type, date // 3) % 1000000 + row_number() OVER () // 2) AS happening,
          .8 AS score, 'same type, both parties, same day' AS reason
        FROM (SELECT article, event, type, epoch(date)::BIGINT // 86400 AS date FROM events
              WHERE duplicate_of IS NULL ORDER BY date, article, event)"""
    )
    run(
        """INSERT INTO happenings BY NAME
        SELECT 1 AS run, happening, any_value(type) AS type, any_value(status) AS status,
          'Something happened at ' || happening AS title, min(earliest) AS earliest, max(latest) AS latest,
          min(place) AS place, min(place_country) AS place_country, min(lat) AS lat, min(lon) AS lon,
          count(*) AS reports, count(DISTINCT article) AS sources
        FROM reports JOIN events USING (run, article, event) GROUP BY happening"""
    )


def add_dossier(connection: duckdb.DuckDBPyConnection) -> None:
    """Add articles of one summit, coded in earnest, as records of the run: a dossier of its own to ask for."""
    from dragoman import Coder
    from dragoman.corpus import dossiers
    from dragoman.corpus.inserting import insert
    from dragoman.corpus.rows import article_row, coded_rows
    from dragoman.model import Article

    coder = Coder()
    for number in range(SUMMIT_ARTICLES):
        day = datetime.date(2022, 1, 10) + datetime.timedelta(days=3 * number)
        text = f"{SUMMIT[number % len(SUMMIT)]} It was said on {day:%A} for the {number + 1}. time."
        article = Article(
            id=f"summit-{number:02}", text=text, date=day.isoformat(), source=f"Paper {number % 7}"
        )
        document = coder.code(article)
        insert(connection, "articles", [article_row(document, None)])
        for table, rows in coded_rows(document, 1).items():
            insert(connection, table, rows)
    dossiers.join(connection, 1)


def add_record(connection: duckdb.DuckDBPyConnection) -> None:
    """Give one article a record of its own, so that its page can be asked for."""
    import msgspec

    from dragoman import model

    row = connection.execute("SELECT article, text FROM articles ORDER BY article LIMIT 1").fetchone()
    assert row is not None
    why = model.Why("frame", "SYNTHETIC/one", 0.8, {})
    party = model.Party("n1", 4, 14, "government")
    span = model.Span(30, 44)
    event = model.Event(
        "e1", "ACCUSE", None, (), "occurred", None, False, (party,), (), False, span, 0, None, None, None,
        None, None, 0.8, why
    )  # fmt: skip
    entity = model.Entity("n1", "government", "organization")
    document = model.Document(
        row[0], None, None, None, None, "en", row[1], (), (model.Span(0, 77),), (entity,), (), (), (event,), (),
        model.CoderInfo("0", "synthetic", {}), (),
    )  # fmt: skip
    connection.execute(
        "INSERT INTO records VALUES (1, ?, ?)", [row[0], msgspec.json.encode(document).decode()]
    )


# What is asked of each page: a name, and its address.
def questions(database: Any) -> dict[str, str]:
    """Return the pages that are asked, with ids that the corpus has."""
    happening = database.tuples("SELECT happening FROM happenings ORDER BY reports DESC, happening LIMIT 1")[
        0
    ][0]
    dossier = database.tuples("SELECT dossier FROM dossiers ORDER BY articles DESC, dossier LIMIT 1")[0][0]
    return {
        "overview": "/",
        "search, everything": "/search",
        "search, type and year": "/search?type=ASSAULT&since=2019-01-01&until=2019-12-31",
        "search, actor by country": "/search?actor=RUS",
        "search, dyad": "/search?actor=state%3AUSA&recipient=state%3ARUS",
        "search, words": "/search?text=matter+777",
        "search, name and claimant": "/search?actor=actor-7&claimant=speaker+12",
        "search, place": "/search?place=Place+77",
        "search, page 500": "/search?page=500",
        "timeline, everything": "/timeline",
        "timeline, actor": "/timeline?actor=state%3AUSA&both=1",
        "timeline, page 500": "/timeline?page=500",
        "actors, everything": "/actors",
        "actors, type": "/actors?type=ASSAULT",
        "map, everything": "/map",
        "map, year": "/map?since=2019-01-01&until=2019-12-31",
        "happening, claim matrix": "/happening?id=" + happening,
        "article": "/article?id=a00000000",
        "suggest": "/suggest?words=actor-77",
        "dossiers": "/dossiers",
        "dossier, claim matrix": "/dossier?id=" + dossier,
        "dossier, as of a day": f"/dossier?id={dossier}&as_of=2022-03-01",
        "corrections": "/corrections",
    }


def measure(path: Path, rounds: int) -> None:
    """Ask each page some times and print the middle of its times, in milliseconds."""
    from starlette.testclient import TestClient

    from dragoman.web.app import build

    app = build(path, seconds=60)
    database = app.state.site.database
    heads = ("queries", "longest", "all", "longest", "all", "page")
    print(
        f"{'':28}{'':>9}{'time on the clock':>18}{'processor time':>18}{'clock':>9}   (ms, median of {rounds})"
    )
    print(f"{'page':28}" + "".join(f"{head:>9}" for head in heads))
    with TestClient(app, base_url="http://127.0.0.1") as client:
        for name, address in questions(database).items():
            takes = [take(client, database, address) for _ in range(rounds)]
            middle = [statistics.median(column) for column in zip(*takes, strict=True)]
            print(
                f"{name:28}{middle[0]:9.0f}" + "".join(f"{value * 1000:9.0f}" for value in middle[1:]),
                flush=True,
            )


def take(client: Any, database: Any, address: str) -> tuple[float, ...]:
    """Ask a page once, with nothing remembered, and return the columns of the table."""
    database.forget()
    database.log = []
    began = time.perf_counter()
    answer = client.get(address)
    whole = time.perf_counter() - began
    assert answer.status_code == 200, (address, answer.text[-400:])
    seconds = [asked.seconds for asked in database.log]
    processor = [asked.processor for asked in database.log]
    return len(seconds), max(seconds), sum(seconds), max(processor), sum(processor), whole


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--corpus", type=Path, help="where the corpus is made; used again when it is there")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    from dragoman.corpus import Corpus, sums

    with tempfile.TemporaryDirectory() as folder:
        path = options.corpus or Path(folder) / "synthetic.duckdb"
        if not path.exists():
            began = time.perf_counter()
            with Corpus(path, create=True) as corpus:
                fill(corpus.connection, options.events)
                add_record(corpus.connection)
                add_dossier(corpus.connection)
                sums.refresh(corpus.connection, [1])
            size = path.stat().st_size / 1e6
            print(f"{options.events:,} events in {time.perf_counter() - began:.0f} s, {size:.0f} MB")
        measure(path, options.rounds)


if __name__ == "__main__":
    main()
