"""Make one encoder of several that were finished with different seeds: the average of their weights.

    python training/classifier/average.py build/classifier/finished/seed-1 build/classifier/finished/seed-2 \
      --out build/classifier/finished

The average reads text of another kind better than each of them (Wortsman et al. 2022, Model soups). With the student
that all of them began as among them it reads the new kind of sentence less well.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from network import load, save


def average(folders: list[Path], out: Path) -> None:
    """Average encoders of one shape (folders that finish.py wrote), and write the result.

    Raises:
        ValueError: when they differ in shape.
    """
    (model, shape), *others = [load(folder) for folder in folders]
    for folder, (_, other) in zip(folders[1:], others, strict=True):
        if other != shape:
            raise ValueError(f"{folder} holds an encoder of another shape than {folders[0]}")
    weights = [m.state_dict() for m in (model, *(m for m, _ in others))]
    model.load_state_dict({name: sum(w[name] for w in weights) / len(weights) for name in weights[0]})
    save(model, shape, out)


def main() -> None:
    """Run the recipe."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    average(options.folders, options.out)


if __name__ == "__main__":
    main()
