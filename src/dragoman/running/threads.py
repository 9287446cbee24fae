"""One numeric thread a process: workers share the cores, and results do not depend on thread counts."""

from __future__ import annotations

import os

VARIABLES = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "BLIS_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
    "NUMEXPR_NUM_THREADS",
)


def single_threaded() -> dict[str, str]:
    """Return the environment of this process with every numeric library held to one thread."""
    return {**os.environ, **dict.fromkeys(VARIABLES, "1")}


def hold_to_one_thread() -> None:
    """Hold this process's numeric libraries to one thread; has no effect on those already loaded."""
    os.environ.update(dict.fromkeys(VARIABLES, "1"))
