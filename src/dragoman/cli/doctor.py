"""`dragoman doctor`: checks the installation and says what to do about each fault."""

from __future__ import annotations

from dragoman.cli import options  # noqa: TC001 (typer reads the annotations)
from dragoman.cli.exits import OK, WRONG_USE, guarded


@guarded
def doctor(pipeline: options.Pipeline = None, codebook: options.Codebook = None) -> int:
    """Check the installation: Python, spaCy, the pipeline, data, codebook, memory; say what to do.

    \b
    Examples:
      dragoman doctor
      dragoman doctor --pipeline en_core_web_md
    """
    from dragoman.cli.checkup import checks

    faults = 0
    for name, finding in checks(pipeline, codebook):
        mark = "ok   " if finding.good else "FAULT"
        print(f"{mark} {name:<10} {finding.says}", flush=True)
        if not finding.good:
            faults += 1
            print(f"      what to do: {finding.advice}", flush=True)
    print("everything is in order" if not faults else f"{faults} to mend")
    return WRONG_USE if faults else OK
