"""Who takes part, in which role and how far bound, as of a day: later statements override earlier ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from dragoman.corpus.claiming import ATTENDS, Claiming
from dragoman.corpus.dossier_record import About, Change, Delegate, DossierParty
from dragoman.corpus.telling import sides_of
from dragoman.exporting import wording
from dragoman.processes.lexicon import lexicon

if TYPE_CHECKING:
    from dragoman.corpus.claiming import Part
    from dragoman.corpus.dossier_record import Claim, Quote, Stated
    from dragoman.model import Participant

# A role that is said once stays until one that says more.
ROLES = ("host", "mediator", "proposer", "invitee", "participant")


def parties_of(parts: list[Part], claims: list[Claim], places: list[Stated]) -> list[DossierParty]:
    """Return the parties in the order in which they were first told.

    `claims` are the claims of the parts, `places` those stated: who once offered to be host is none where it
    is to be held elsewhere. Commitment is what the last statement says; of statements of one
    article on one party the last one in the text counts, but that a party is open to it does not take back
    that it agreed, and what is told as background overrides nothing.
    """
    seen: dict[str, Quote] = {}
    names: dict[str, str] = {}
    delegates: dict[str, dict[str, Delegate]] = {}
    interests: dict[str, list[About]] = {}
    for part in parts:
        reading = Claiming(part)
        for participant in part.process.participants:
            entity = reading.entities[participant.entity]
            first = min(participant.evidence, key=lambda s: (s.start, s.end), default=None)
            for side in sides_of(entity, reading.entities):
                if side not in seen and first is not None:
                    said = participant.statements[0].attribution if participant.statements else None
                    seen[side] = reading.quote(first.start, first.end, said)
                    names[side] = reading.name_of(side)
                if side.startswith("state:") and entity.kind == "person":
                    office = entity.office.title if entity.office else None
                    delegates.setdefault(side, {})[entity.name] = Delegate(wording.safe(entity.name), office)
                interests.setdefault(side, []).extend(_interests(reading, participant))
    statements: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.proposition.startswith(ATTENDS) and not claim.unknown:
            side = claim.proposition.removeprefix(ATTENDS)
            statements.setdefault(side, []).append(claim)
            seen.setdefault(side, claim.quote)
            names.setdefault(side, claim.label.removesuffix(" attends"))
    found = [
        msgspec.structs.replace(
            _party(side, names[side], quote, statements.get(side, [])),
            delegates=tuple(delegates.get(side, {}).values()),
            interests=tuple(interests.get(side, ())),
        )
        for side, quote in seen.items()
    ]
    return [_without_place(party, places) for party in found]


def _without_place(party: DossierParty, places: list[Stated]) -> DossierParty:
    """Return a party as no host when the places that stand are firm and in other countries."""
    standing = {p.country for p in places if p.firm and p.standing == "current" and p.country}
    if party.role != "host" or party.country is None or not standing or party.country in standing:
        return party
    others = [c.role for c in party.history if c.role != "host"]
    return msgspec.structs.replace(party, role=min(others, key=ROLES.index, default="participant"))


def _interests(reading: Claiming, participant: Participant) -> list[About]:
    """Return the words that say what the process is to a party: those with a noun such as "priority"."""
    nouns = {word for cue in lexicon().cues if "apposition" in cue.place for word in cue.words}
    found = []
    for one in participant.statements:
        words = wording.safe(reading.document.text[one.start : one.end])
        if one.commitment == "unknown" and nouns & set(words.lower().split()):
            found.append(About(words, (reading.quote(one.start, one.end, one.attribution),)))
    return found


def _party(key: str, name: str, first: Quote, said: list[Claim]) -> DossierParty:
    role, commitment, since, quote = "participant", "unknown", first.date, first
    history: list[Change] = []
    for claim in said:
        new_role = min(role, claim.role or role, key=ROLES.index)
        value = claim.value if _overrides(claim, commitment, quote) else commitment
        if (new_role, value) == (role, commitment):
            continue
        if value != commitment or not history:
            since, quote = claim.date, claim.quote
        role, commitment = new_role, value
        history.append(Change(claim.date, role, commitment, claim.quote))
    country = key.removeprefix("state:") if key.startswith("state:") else None
    return DossierParty(key, name, country, role, commitment, since, quote, history=tuple(history))


def _overrides(claim: Claim, commitment: str, quote: Quote) -> bool:
    if claim.value == "unknown" or claim.denied or (claim.background and commitment != "unknown"):
        return False
    if claim.value == "open":
        # "Is open to", said of one that agreed, takes nothing back; after a refusal it is a change of mind.
        return commitment == "unknown" or (commitment == "declined" and claim.date > quote.date)
    return True
