"""Print which facts of an article its record holds: row, the field that holds it, yes or no.

python tests/acceptance/table.py ARTICLE [--facts p5-summit] [--date YYYY-MM-DD]
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from acceptance.checking import answers, article_of, load
from dragoman import Coder


def main() -> None:
    """Code the article and print the table; ends with 1 when a fact does not hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("article", type=Path)
    parser.add_argument("--facts", default="p5-summit")
    parser.add_argument("--date")
    given = parser.parse_args()
    expected = load(given.facts)
    article = article_of(given.article, expected)
    document = Coder().code(article, date=given.date or expected.date)
    rows = answers(document, expected)
    print("| row | fact | field | holds |\n| --- | --- | --- | --- |")
    for item in rows:
        word = {True: "yes", False: "**no**", None: "no field"}[item.holds]
        print(f"| {item.row} | {item.says} | {item.field} | {word} |")
    sys.exit(any(r.holds is False for r in rows))


if __name__ == "__main__":
    main()
