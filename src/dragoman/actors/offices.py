"""Which office somebody holds on a day, and what that makes of country and sectors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman import model
from dragoman.actors.sectors import sector_roles

if TYPE_CHECKING:
    from dragoman.actors.entries import Entry, Term
    from dragoman.actors.gazetteer import Gazetteer


def out_of_office() -> tuple[str, ...]:
    """Return the sectors of somebody who held an office and holds none now."""
    return (sector_roles().out_of_office,)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person is on a day."""

    office: model.Office | None
    country: str | None
    sectors: tuple[str, ...]
    ids: dict[str, str]
    rule: str


def terms_on(entry: Entry, date: str) -> list[Term]:
    """Return the offices that a person holds on a day, in the order of the data."""
    return [term for term in entry.terms if term.covers(date)]


def choose_term(entry: Entry, date: str | None, title: str) -> tuple[Term | None, str]:
    """Return the office that counts, and by which rule.

    With a date: an office of that day, first the one whose title the text gives. Without a date: the office
    of the text's title, else the last one known.
    """
    named = [t for t in entry.terms if title and _says(title, t)]
    if date is not None:
        on_day = terms_on(entry, date)
        of_title = [t for t in on_day if t in named]
        if of_title or on_day:
            return (of_title or on_day)[-1], "office on the date"
        return None, "no office on the date"
    if named:
        return named[-1], "office by its title"
    if entry.terms:
        return max(entry.terms, key=lambda t: t.start), "no date: last office known"
    return None, "no office known"


def _says(title: str, term: Term) -> bool:
    """Tell whether a title in the text is that of a term ("Secretary of State", "foreign minister")."""
    words = title.lower().replace("defense", "defence")
    known = term.title.lower().replace("defense", "defence")
    return words == known or known.startswith(words) or known.endswith(words)


def standing(
    entry: Entry, date: str | None, gazetteer: Gazetteer, *, title: str = "", former: bool = False
) -> Standing:
    """Return office, country and sectors of a known person on a day.

    `former` says that the text calls the person's office a past one.
    """
    country = entry.country or None
    if former:
        return Standing(None, country, out_of_office(), {}, "former")
    if entry.own and not entry.terms:
        return Standing(None, country, entry.sectors, dict(entry.ids), "actors file")
    term, rule = choose_term(entry, date, title)
    if term is None:
        past = [t for t in entry.terms if date and t.end and t.end <= date]
        held = past and not any(t.start > (date or "") for t in entry.terms if not past)
        if past and all(t.rough for t in past):
            # The list ends here, not the term: nothing says that the office was left.
            return Standing(None, country, past[-1].sectors, {}, "office known only for an earlier date")
        if held and not sector_roles().political.isdisjoint(s for t in past for s in t.sectors):
            return Standing(None, country, out_of_office(), {}, "held office before the date")
        if past:
            return Standing(None, country, past[-1].sectors, {}, "role before the date")
        return Standing(None, country, (), {}, rule)
    body = next((a.entry for a in gazetteer.lookup(term.organization) if a.entry.kind == "igo"), None)
    if body is not None:
        roles = sector_roles()
        ids = {"plover": body.ids["plover"]} if body.ids.get("plover") in roles.own_seat else {}
        sectors = tuple(s for s in term.sectors if s != roles.international) or body.sectors
        return Standing(
            model.Office(term.title, term.organization, None),
            None,
            sectors or (roles.international,),
            ids,
            rule,
        )
    office = model.Office(term.title, term.organization or None, term.country or None)
    return Standing(office, term.country or country, term.sectors, {}, rule)
