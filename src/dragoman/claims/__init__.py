"""Claims: who says so (`attribution`) and whether it is so (`status`)."""

from dragoman.claims.attribution import AttributionStep
from dragoman.claims.status import StatusReading, status_of
from dragoman.claims.status_step import StatusStep

__all__ = ["AttributionStep", "StatusReading", "StatusStep", "status_of"]
