"""The entities of one article: one for each that is spoken of, in the order of first mention."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast

from dragoman.actors.gazetteer import gender_of, proper_sectors, word_set
from dragoman.draft import DraftEntity, DraftMention
from dragoman.language.quotes import quoted_spans

if TYPE_CHECKING:
    from dragoman.actors.phrases import Reading
    from dragoman.draft import Draft, Sentence
    from dragoman.model import MentionForm
    from dragoman.syntax import Token

ACTING_KINDS = frozenset({"state", "person", "organization", "igo", "ngo", "armed_group", "people"})
# Rules by which somebody is taken for a person only for the form of the name: nothing says who that is.
FOUND_BY_FORM = frozenset({"given name", "surname", "name of one word", "name of whom something is told"})
# The rule of a mention of a capital that is where something happens, not its government.
CAPITAL_AS_PLACE = "capital as a place"
_BYSTANDER = "bystander:"
# Kinds of bodies that are called by their initials, of so many letters.
_NAMED_SHORT = frozenset({"organization", "igo", "ngo", "armed_group", "people"})
_INITIALS = 3


def is_actor(entity: DraftEntity) -> bool:
    """Tell whether an entity is one that can do something in an event: not a place, not a thing."""
    return entity.kind in ACTING_KINDS


def is_bystander(entity: DraftEntity) -> bool:
    """Tell whether an entity is known only as one whose doings are no politics by themselves: "the poet, who"."""
    told = [m.rule for m in entity.mentions if m.form == "nominal"]
    named = any(m.form in ("name", "metonym") for m in entity.mentions)
    return (
        not named
        and any(rule.startswith(_BYSTANDER) for rule in told)
        and not any(rule.startswith("agent:") for rule in told)
    )


class Registry:
    """Keeps the entities of a draft and what they have been called.

    `labels` are the head nouns by which an entity has been spoken of, for definite descriptions.
    """

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.labels: dict[int, set[str]] = {}
        # Which token heads the words at a place; None: they are not parsed.
        self.heads: dict[tuple[int, int], Token | None] = {}
        self.party: dict[int, str] = {}
        # Whom words that name somebody else say to be theirs: Hamas in "a Hamas official"; by sentence and end.
        self.implied: list[tuple[Sentence, int, DraftEntity]] = []
        # Whose wife, brother or rival was spoken of, by owner, word and number.
        self.relatives: dict[tuple[int, str, bool], DraftEntity] = {}
        self._by_key: dict[tuple[str, ...], DraftEntity] = {}
        self._surnames: dict[str, list[DraftEntity]] = {}
        self._first_names: dict[str, list[DraftEntity]] = {}
        self._acronyms: dict[str, DraftEntity] = {}
        self._quotations: list[tuple[int, int]] | None = None

    def entity_for(self, reading: Reading) -> DraftEntity:
        """Return the article's entity for a reading, made when it is new."""
        known = None if _is_generic(reading) else self._by_key.get(self._key(reading))
        known = known or self._of_same_name(reading)
        if known is None:
            known = DraftEntity(
                reading.name,
                reading.kind,
                reading.country,
                reading.sectors,
                reading.office,
                list(reading.members) if reading.members is not None else None,
                dict(reading.ids),
                gender=as_gender(self._gender_of(reading)),
                plural=reading.plural,
                confidence=1.0 if reading.entry is not None else 0.7,
            )
            self._by_key[self._key(reading)] = known
            self.labels[id(known)] = set()
            if reading.kind == "person" and reading.form == "name":
                self._call_by_parts(known)
            elif reading.kind in _NAMED_SHORT and reading.name[:1].isupper():
                self._call_by_initials(known)
        elif reading.office is not None and known.office is None and reading.form == "name":
            known.office, known.sectors = reading.office, reading.sectors or known.sectors
            known.country = known.country or reading.country
        elif not known.country and reading.country:
            known.country = reading.country
        if reading.entry is not None and reading.entry.party:
            self.party[id(known)] = reading.entry.party
        label = self.labels[id(known)]
        if reading.head:
            label.update((reading.head, reading.head.split()[-1]))
        if known.office is not None:
            title = known.office.title.lower()
            label.update((title, title.split(" of ")[0].split()[-1]))
        return known

    def _call_by_initials(self, body: DraftEntity) -> None:
        """Let "BIFF" stand for the Bangsamoro Islamic Freedom Fighters, though the text does not say so."""
        initials = "".join(w[0] for w in body.name.replace("-", " ").split() if w[0].isupper())
        if len(initials) >= _INITIALS:
            self._acronyms.setdefault(initials, body)

    def _call_by_parts(self, person: DraftEntity) -> None:
        parts = person.name.split()
        family_first = len(parts) > 1 and parts[0] in word_set("family_names_first")
        self._surnames.setdefault(parts[0] if family_first else parts[-1], []).append(person)
        if len(parts) > 1:
            given = " ".join(parts[1:]) if family_first else parts[0]
            self._first_names.setdefault(given, []).append(person)

    def called(self, surname: str, gender: str = "") -> DraftEntity | None:
        """Return whom a surname alone means here, or None when nobody of the text bears it.

        Of several who bear it, it is the one of the given gender, else the one of whom the text has spoken most: the
        others are called by another name ("Mrs Marsh", "Jean").
        """
        known = [e for e in self.by_surname(surname) if not gender or e.gender in (None, gender)]
        if gender and any(e.gender == gender for e in known):
            known = [e for e in known if e.gender == gender]
        return max(known, key=lambda e: sum(m.form == "name" for m in e.mentions), default=None)

    def by_surname(self, surname: str) -> list[DraftEntity]:
        """Return the persons named so far whose name ends with a surname."""
        return self._surnames.get(surname, [])

    def by_first_name(self, name: str) -> list[DraftEntity]:
        """Return the persons named in full so far whose name begins with a word: "Thongsay" after "Thongsay Keola"."""
        return self._first_names.get(name, [])

    def quotations(self) -> list[tuple[int, int]]:
        """Return where the text quotes somebody."""
        if self._quotations is None:
            self._quotations = quoted_spans(self.draft.text)
        return self._quotations

    def call_also(self, entity: DraftEntity, acronym: str) -> None:
        """Let a short name that the text gives stand for an entity from now on."""
        self._acronyms.setdefault(acronym, entity)

    def by_acronym(self, word: str) -> DraftEntity | None:
        """Return whom the text has given a short name."""
        return self._acronyms.get(word)

    def merge(self, description: DraftEntity, person: DraftEntity) -> None:
        """Let whatever would be the one entity from now on be the other."""
        for key, entity in self._by_key.items():
            if entity is description:
                self._by_key[key] = person
        self.labels[id(person)] |= self.labels[id(description)]

    def _of_same_name(self, reading: Reading) -> DraftEntity | None:
        if reading.kind != "person" or reading.entry is not None or reading.form != "name":
            return None
        same = [e for e in self.by_surname(reading.name.split()[-1]) if e.name == reading.name]
        return same[0] if len(same) == 1 else None

    @staticmethod
    def _gender_of(reading: Reading) -> str:
        named = reading.kind == "person" and reading.form == "name"
        return reading.gender or (gender_of(reading.name) if named else "")

    @staticmethod
    def _key(reading: Reading) -> tuple[str, ...]:
        if reading.kind == "state" and reading.entry is not None:
            return ("state", reading.entry.ids.get("iso3", reading.name))
        if reading.entry is not None:
            return (reading.kind, reading.entry.name, reading.entry.country)
        country = reading.country or ""
        if reading.form == "nominal":
            return (reading.kind, "nominal", reading.name.lower(), country)
        return (reading.kind, reading.name, "")

    def add(
        self,
        entity: DraftEntity,
        start: int,
        end: int,
        form: MentionForm,
        sentence: Sentence | None,
        rule: str,
    ) -> DraftMention:
        """Add a mention to its entity and to the draft."""
        mention = DraftMention(start, end, form, entity, sentence, rule)
        entity.mentions.append(mention)
        self.draft.mentions.append(mention)
        return mention

    def finish(self) -> None:
        """Sort mentions, and entities by first mention; drop entities that lost all their mentions."""
        draft = self.draft
        draft.mentions.sort(key=lambda m: (m.start, m.end))
        seen: dict[int, DraftEntity] = {}
        for mention in draft.mentions:
            seen.setdefault(id(mention.entity), mention.entity)
        for entity in list(seen.values()):
            entity.mentions = [m for m in draft.mentions if m.entity is entity]
            for member in entity.members or ():
                if isinstance(member, DraftEntity):
                    seen.setdefault(id(member), member)
        for entity in seen.values():
            entity.sectors = proper_sectors(entity.sectors)
        draft.entities = list(seen.values())


def _is_generic(reading: Reading) -> bool:
    """Tell whether a description means others each time: "women", "a child"."""
    if reading.fresh:
        return True
    if reading.form != "nominal" or reading.country or reading.ids:
        return False
    return reading.head in word_set("generic_people") and not reading.definite


def as_gender(value: str) -> Literal["male", "female"] | None:
    """Return the gender that "m", "f", "male" or "female" tells, else None."""
    full = {"m": "male", "f": "female"}.get(value, value)
    return cast("Literal['male', 'female']", full) if full in ("male", "female") else None
