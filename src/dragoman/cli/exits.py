"""Exit codes, and how errors end a command: a message with advice, never a traceback."""

from __future__ import annotations

import functools
import os
import sys
from typing import TYPE_CHECKING, ParamSpec

import typer

from dragoman.errors import ArticleError, ConfigError, DragomanError, RecordError
from dragoman.running.records import detail_of

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")

OK = 0
SOME_PROBLEMS = 1
WRONG_USE = 2
NOTHING_DONE = 3
INTERRUPTED = 130
OUR_FAULT = 70
READER_GONE = 141
TRACEBACK_VARIABLE = "DRAGOMAN_TRACEBACK"

EPILOG = (
    "Exit codes: 0 all went well; 1 finished, but some articles or lines had problems (they are listed); "
    "2 wrong use or configuration; 3 nothing could be read or coded; 130 interrupted; "
    "70 a fault in dragoman itself; 141 the reader of the output went away."
)


def guarded(command: Callable[P, int | None]) -> Callable[P, None]:
    """Make a command that returns its exit code out of one that may raise dragoman's errors."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            code = command(*args, **kwargs) or OK
            sys.stdout.flush()
        except (ArticleError, RecordError) as error:
            code = _say(error, NOTHING_DONE)
        except DragomanError as error:
            code = _say(error, WRONG_USE)
        except BrokenPipeError:
            # Python would complain once more when it flushes standard output at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            code = READER_GONE
        except KeyboardInterrupt:
            print("dragoman: interrupted", file=sys.stderr)
            code = INTERRUPTED
        except typer.Exit:
            raise
        except OSError as error:
            advice = "check space and rights; a run with -o goes on with --resume"
            where = None if error.filename is None else str(error.filename)
            code = _say(ConfigError(error.strerror or str(error), where=where, advice=advice), WRONG_USE)
        except Exception as error:
            if os.environ.get(TRACEBACK_VARIABLE):
                raise
            detail = detail_of(error)
            advice = f"{detail.advice}; {TRACEBACK_VARIABLE}=1 shows where"
            code = _say(DragomanError(detail.message, advice=advice), OUR_FAULT)
        raise typer.Exit(code)

    return run


def _say(error: DragomanError, code: int) -> int:
    where = f"{error.where}: " if error.where else ""
    print(f"dragoman: {where}{error.message}", file=sys.stderr)
    if error.advice:
        print(f"  what to do: {error.advice}", file=sys.stderr)
    return code
