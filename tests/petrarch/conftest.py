from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dragoman import Coder
from dragoman.petrarch.importing import ACTORS, CODEBOOK, import_dictionaries
from petrarch.invented import ALL

if TYPE_CHECKING:
    from pathlib import Path

    from dragoman.petrarch.report import Report


@pytest.fixture(scope="session")
def alone(tmp_path_factory) -> tuple[Path, Report]:
    out = tmp_path_factory.mktemp("alone") / "mine"
    return out, import_dictionaries(ALL, out, "mine", alone=True)


@pytest.fixture(scope="session")
def beside(tmp_path_factory) -> tuple[Path, Report]:
    out = tmp_path_factory.mktemp("beside") / "mine"
    return out, import_dictionaries(ALL, out, "mine")


@pytest.fixture(scope="session")
def coder_alone(alone) -> Coder:
    return Coder(codebook=alone[0] / CODEBOOK, actors=[alone[0] / ACTORS])


@pytest.fixture(scope="session")
def coder_beside(beside) -> Coder:
    return Coder(codebook=beside[0] / CODEBOOK, actors=[beside[0] / ACTORS])
