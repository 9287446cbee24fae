"""Who it is: names, entities, offices as of the article's date, and what refers to whom."""

from dragoman.actors.gazetteer import Gazetteer, load_gazetteer
from dragoman.actors.naming import NameStep
from dragoman.actors.registry import CAPITAL_AS_PLACE, FOUND_BY_FORM, is_actor, is_bystander
from dragoman.actors.resolving import ActorStep

__all__ = [
    "CAPITAL_AS_PLACE",
    "FOUND_BY_FORM",
    "ActorStep",
    "Gazetteer",
    "NameStep",
    "is_actor",
    "is_bystander",
    "load_gazetteer",
]
