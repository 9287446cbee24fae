"""What can go wrong with a request; each is shown as a page that says what to do."""

from __future__ import annotations

from dragoman.errors import DragomanError


class RequestError(DragomanError):
    """A request that cannot be answered; `code` is the HTTP status."""

    code = 400


class NotFoundError(RequestError):
    """Nothing has that id."""

    code = 404


class ForbiddenError(RequestError):
    """The request does not come from a page of the explorer."""

    code = 403


class TooSlowError(RequestError):
    """A query ran past its time limit and was stopped."""

    code = 503


class BusyError(RequestError):
    """The corpus is in use by another process."""

    code = 503
