"""Mark other parties in the training sentences and in the examples of the codebook: questions without a known answer.

    python training/classifier/pairs.py --out build/classifier/pairs.jsonl

Every labelled sentence with both sides gives the same sentence turned round; then come random pairs of its noun
phrases.
The teachers answer them (answer.py). A seed fixes the draw.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

from dragoman.events import load_codebook
from dragoman.language.pipeline import load_pipeline
from reading import training_sentences

EACH = 2


def main() -> None:
    """Run the recipe."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    chance = random.Random(1)
    nlp = load_pipeline()
    sentences = training_sentences()
    book = load_codebook()
    examples = [
        e.text for t in book.types.values() for e in (*t.examples, *(e for f in t.frames for e in f.examples))
    ]
    texts = list(dict.fromkeys([*(s.text for s in sentences), *examples]))
    marked = {(s.text, s.source, s.target) for s in sentences}
    turned = [(s.text, s.target, s.source) for s in sentences if s.source and s.target]
    made = list(dict.fromkeys(pair for pair in turned if pair not in marked))
    own = set(examples)
    for document in nlp.pipe(texts, batch_size=64):
        phrases = [(c.start_char, c.end_char) for c in document.noun_chunks if c.root.pos_ != "PRON"]
        pairs = [(a, b) for a in phrases for b in phrases if a != b]
        for a, b in chance.sample(pairs, min(EACH * 2 if document.text in own else EACH, len(pairs))):
            made.append((document.text, (a,), (b,)))
    options.out.parent.mkdir(parents=True, exist_ok=True)
    with options.out.open("w", encoding="utf-8") as file:
        for text, source, target in made:
            if (text, source, target) not in marked:
                file.write(json.dumps({"text": text, "source": source, "target": target}) + "\n")
    print(f"{len(made)} pairs in {len(texts)} sentences")


if __name__ == "__main__":
    main()
