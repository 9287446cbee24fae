"""Runs the explorer: on 127.0.0.1 only, until Ctrl-C."""

from __future__ import annotations

import contextlib
import socket
import threading
import webbrowser
from typing import TYPE_CHECKING

import uvicorn

from dragoman.errors import ConfigError, DragomanError
from dragoman.web.app import build
from dragoman.web.pages import overview

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dragoman.web.site import Site

HOST = "127.0.0.1"
PORT = 8470


def listening(port: int | None) -> socket.socket:
    """Return a socket on the loopback interface; without a port the usual one, or any when that is taken.

    Raises:
        ConfigError: when the port that was asked for cannot be had.
    """
    tried = [port] if port is not None else [PORT, 0]
    for number in tried:
        opened = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            opened.bind((HOST, number))
        except OSError as error:
            opened.close()
            if number == tried[-1]:
                raise ConfigError(
                    f"port {number} can't be used: {error.strerror}",
                    advice="name another with --port, or leave it out",
                ) from error
        else:
            opened.listen(64)
            return opened
    raise AssertionError("a socket or an error was due")


def serve(
    path: Path, codebook: Path | None, port: int | None, browser: bool, say: Callable[[str], None]
) -> None:
    """Serve a corpus until the process is told to end.

    Args:
        path: the corpus.
        codebook: folder of its codebook; None: the one that ships.
        port: the port; None: the usual one, or any that is free.
        browser: open the overview in the browser.
        say: gets the line that tells the address.

    Raises:
        CorpusError: when the corpus cannot be opened.
        ConfigError: when the port is taken.
    """
    app = build(path, codebook)
    with contextlib.closing(app.state.site.database), listening(port) as opened:
        address = f"http://{HOST}:{opened.getsockname()[1]}/"
        # What takes longest is remembered before anybody asks for it.
        threading.Thread(target=_warm, args=[app.state.site], daemon=True).start()
        say(f"{path} is shown at {address}  (Ctrl-C ends it)")
        if browser:
            opening = threading.Timer(0.4, webbrowser.open, [address])
            opening.daemon = True
            opening.start()
        settings = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)
        uvicorn.Server(settings).run(sockets=[opened])


def _warm(site: Site) -> None:
    with contextlib.suppress(DragomanError):
        overview.content(site)
