"""When and where: time expressions and places, and the time and place of each event."""

from dragoman.context.anchoring import time_of
from dragoman.context.places import PlaceHit, find_places, place_of
from dragoman.context.placing import PlaceStep
from dragoman.context.times import find_times
from dragoman.context.timing import TimeStep

__all__ = ["PlaceHit", "PlaceStep", "TimeStep", "find_places", "find_times", "place_of", "time_of"]
