"""Events: who did what to whom, by frames of a codebook that is data."""

from __future__ import annotations

from dragoman.events.codebook import Codebook, load_codebook, trigger_forms
from dragoman.events.coding import EventStep
from dragoman.events.rules import apply_status_rules

__all__ = ["Codebook", "EventStep", "apply_status_rules", "load_codebook", "trigger_forms"]
