"""Takes the fonts of the explorer out of the archives of two npm packages; `make vendor` runs it.

    python vendor/fonts.py FOLDER src/dragoman/web/static/fonts

FOLDER holds fontsource-variable-source-serif-4-5.3.1.tgz and fontsource-variable-source-sans-3-5.3.1.tgz
(`npm pack`). Both
fonts are under the SIL Open Font License 1.1; only their Latin subsets are taken.
"""

from __future__ import annotations

import hashlib
import sys
import tarfile
from pathlib import Path

# Name of the font, and SHA-256 of its archive.
FONTS = {
    "source-serif-4": "8c452853c74be1e43e9fbfe76321c26f4678a2d431e93209ff1d9faec03fd96f",
    "source-sans-3": "dfa23bee63f9cc5c2871149a453215093bd8f1b694a5c1d999ecdc7560435fcf",
}
VERSION = "5.3.1"


def main(folder: str, out: str) -> None:
    """Write the fonts and their licences."""
    for name, digest in FONTS.items():
        archive = Path(folder) / f"fontsource-variable-{name}-{VERSION}.tgz"
        found = hashlib.sha256(archive.read_bytes()).hexdigest()
        if found != digest:
            sys.exit(f"{archive}: is not the {name} that was checked (SHA-256 {found})")
        files = {
            f"files/{name}-{part}-wght-normal.woff2": f"{name}-{part}-wght-normal.woff2"
            for part in ("latin", "latin-ext")
        }
        with tarfile.open(archive) as packed:
            for inside, target in (files | {"LICENSE": f"{name}-LICENSE.txt"}).items():
                file = packed.extractfile(f"package/{inside}")
                assert file is not None
                (Path(out) / target).write_bytes(file.read())


if __name__ == "__main__":
    main(*sys.argv[1:])
