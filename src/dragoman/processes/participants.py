"""Who takes part in a process, in which role, and how far they are bound to it.

A party is named in the noun phrase of the process ("a summit of A and B", "C's visit to D") or stands at a
place of a governing word to which `process_cues.yaml` gives a role. Nobody is put down as agreed unless a
governing word says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from dragoman.actors import is_actor
from dragoman.draft import DraftParticipant, DraftUndertaking
from dragoman.language import arguments, edges, grammar
from dragoman.model import Commitment, ParticipantRole
from dragoman.processes.attributing import said_at
from dragoman.processes.governing import is_called_for, is_negated, is_refused
from dragoman.processes.governors import is_verb
from dragoman.processes.phrases import mentions_in_phrase

if TYPE_CHECKING:
    from dragoman.draft import Draft, DraftEntity, DraftMention, Sentence
    from dragoman.processes.governing import Link
    from dragoman.processes.lexicon import CastAs, Lexicon
    from dragoman.processes.linking import Thread
    from dragoman.processes.phrases import ProcessMention
    from dragoman.processes.status import Evidence
    from dragoman.syntax import Token

# Of two roles said of one party the earlier one here is kept.
ROLES = ("host", "mediator", "proposer", "invitee", "participant")
COMMITMENTS = ("unknown", "open", "agreed", "declined")


class Roll:
    """The list of parties under construction: one entry a party."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._entries: dict[int, DraftParticipant] = {}

    def add(
        self,
        entity: DraftEntity,
        role: ParticipantRole,
        commitment: Commitment,
        evidence: tuple[int, int],
        *,
        background: bool = False,
    ) -> None:
        """Put down a party, or what more is said of one that is already there."""
        told = [_state(self._draft, m) if isinstance(m, str) else m for m in entity.members or ()]
        parts = [m for m in told if m is not None]
        if parts and len(parts) == len(entity.members or ()) and entity.kind not in ("igo", "organization"):
            # "Both countries", "they": what is said of them is said of each.
            for part in parts:
                self.add(part, role, commitment, evidence, background=background)
            return
        said = said_at(self._draft, *evidence)
        statement = DraftUndertaking(*evidence, role, commitment, said, background)
        entry = self._entries.get(id(entity))
        if entry is None:
            self._entries[id(entity)] = DraftParticipant(entity, role, commitment, [evidence], [statement])
            return
        entry.statements.append(statement)
        if ROLES.index(role) < ROLES.index(entry.role):
            entry.role = role
        if COMMITMENTS.index(commitment) > COMMITMENTS.index(entry.commitment):
            entry.commitment = commitment
        if evidence not in entry.evidence:
            entry.evidence.append(evidence)

    def has(self, entity: DraftEntity) -> bool:
        """Tell whether a party is put down."""
        return id(entity) in self._entries

    def entries(self) -> list[DraftParticipant]:
        """Return the parties in the order in which they were told."""
        for entry in self._entries.values():
            entry.evidence.sort()
            entry.statements.sort(key=lambda s: (s.start, s.end))
        return [e for e in self._entries.values() if not self._is_told_better(e)]

    def _is_told_better(self, entry: DraftParticipant) -> bool:
        """Tell whether a group without a name of its own ("P5 leaders") is there under its name ("P5")."""
        if entry.entity.kind in ("state", "person") or entry.entity.members is not None:
            return False
        words = entry.entity.name.casefold().split()
        return any(
            other is not entry and len(words) > 1 and set(other.entity.name.casefold().split()) < set(words)
            for other in self._entries.values()
        )


def participants_of(
    draft: Draft, thread: Thread, evidence: list[Evidence], lexicon: Lexicon
) -> list[DraftParticipant]:
    """Return the parties of a process in the order in which they are told."""
    roll = Roll(draft)
    for mention in thread.mentions:
        _from_phrase(draft, mention, thread.kind, roll)
        for item in evidence:
            if item.mention is mention:
                _from_cues(draft, item, thread.kind, roll, lexicon)
    _add_members(draft, roll, lexicon)
    return roll.entries()


def _from_phrase(draft: Draft, mention: ProcessMention, kind: str, roll: Roll) -> None:
    for party in mention.parties:
        if not is_actor(party.entity):
            continue
        role: ParticipantRole = "participant"
        token = _head_of(mention, party)
        where = _place_in_phrase(mention.token, token) if token is not None else None
        if where in ("on", "for") or (where == "in" and kind != "treaty"):
            continue
        if kind == "visit" and where == "to":
            role = "host"
        if kind == "vote" and where is None and not mention.by_verb:
            role = "host"
        roll.add(party.entity, role, "unknown", (party.start, party.end))


def _head_of(mention: ProcessMention, party: DraftMention) -> Token | None:
    tokens = mention.sentence.tokens_in(party.start, party.end)
    return tokens[-1] if tokens else None


def _place_in_phrase(head: Token, token: Token) -> str | None:
    node = token
    while node.dep_ != "ROOT" and node.head != head:
        node = node.head
    return node.lower_ if node.dep_ == "prep" else None


def _from_cues(draft: Draft, item: Evidence, kind: str, roll: Roll, lexicon: Lexicon) -> None:
    sentence, verdict = item.mention.sentence, item.verdict
    if item.mention.by_verb:
        commitment = _course(verdict.status, lexicon)
        refused = is_refused(verdict.links)
        for party in item.mention.parties:
            asked = _is_doer(item.mention, party) and not refused
            # Only those of whom the verb tells it are bound by it, not those whom they want to meet.
            roll.add(
                party.entity,
                "participant",
                commitment if asked else "unknown",
                (party.start, party.end),
                background=item.background,
            )
    for link in verdict.links:
        if link.place == "within":
            # "a referendum in which voters of Chile approved ...": who did it there took part.
            for party in _at_place(draft, sentence, link, "subject"):
                roll.add(party.entity, "participant", "unknown", (party.start, party.end))
        if link.cue is None or kind in link.cue.not_kinds:
            continue
        if _stops_it(item, link, lexicon):
            continue
        if link.cue.not_of_proposals and item.mention.weak and not item.mention.elided:
            continue
        negated = is_negated(link.token)
        casts = link.cue.negated_roles if negated else link.cue.roles
        for place, cast in casts.items():
            if place == "subject" and _is_only_discussed(item, link):
                continue
            for party in _at_place(draft, sentence, link, place):
                if any(party is p for p in item.mention.parties) and place == "object":
                    continue
                if cast.role == "proposer" and _offers_its_own_part(draft, item, link, party):
                    continue
                _cast(draft, roll, party, cast, item, kind, lexicon, link)
        if link.cue.support_role and not negated:
            for party in _supporters(draft, sentence, link):
                _cast(draft, roll, party, link.cue.support_role, item, kind, lexicon, link)
        elif link.cue.support and not negated:
            for party in _supporters(draft, sentence, link):
                for cast in link.cue.roles.values():
                    _cast(draft, roll, party, cast, item, kind, lexicon, link)
                    break


def _stops_it(item: Evidence, link: Link, lexicon: Lexicon) -> bool:
    """Tell whether what is agreed or called for at a link is that the process be put off or called off."""
    links = item.verdict.links
    inner = links[: links.index(link)]
    return any(other.cue is not None and other.cue.status in lexicon.ends for other in inner)


def _offers_its_own_part(draft: Draft, item: Evidence, link: Link, party: DraftMention) -> bool:
    """Tell whether a party offers to be host or mediator itself: of what others proposed it is no proposer."""
    links = item.verdict.links
    at = links.index(link)
    if at == 0 or link.place != "infinitive":
        return False
    inner = links[at - 1]
    cast = inner.cue.roles.get("subject") if inner.cue is not None else None
    if cast is None or cast.role not in ("host", "mediator"):
        return False
    return any(p.entity is party.entity for p in _at_place(draft, item.mention.sentence, inner, "subject"))


def _is_only_discussed(item: Evidence, link: Link) -> bool:
    """Tell whether the word is an unfinished verb below one of which its doer is not the doer.

    "They discussed convening a summit" does not say who would convene it.
    """
    links = item.verdict.links
    after = links[links.index(link) + 1 :]
    if not after or after[0].place == "clause" or link.token.pos_ != "VERB":
        return False
    outer = after[0].cue
    return link.token.tag_ == "VBG" and (
        outer is None or (outer.pos == "verb" and "subject" not in outer.roles)
    )


def _is_doer(mention: ProcessMention, party: DraftMention) -> bool:
    subjects = arguments.grammatical_subjects(mention.token)
    spans = [(mention.sentence.start_of(s.left_edge), mention.sentence.end_of(s)) for s in subjects]
    return any(start <= party.start and party.end <= end for start, end in spans) or any(
        party.start <= mention.sentence.start_of(s) < party.end for s in subjects
    )


def _wanted_by_another(draft: Draft, item: Evidence, link: Link, party: DraftMention) -> bool:
    """Tell whether it is somebody else who wants, offers or agrees that the party should do it."""
    after = item.verdict.links[item.verdict.links.index(link) + 1 :]
    for outer in after:
        if outer.cue is None or outer.cue.pos == "noun" or outer.place == "clause":
            continue
        who = _at_place(draft, item.mention.sentence, outer, "subject")
        if who and all(m.entity is not party.entity for m in who):
            return True
    return False


def _cast(
    draft: Draft,
    roll: Roll,
    party: DraftMention,
    cast: CastAs,
    item: Evidence,
    kind: str,
    lexicon: Lexicon,
    link: Link,
) -> None:
    role = cast.role
    if role == "holder":
        role = "host" if kind in lexicon.held_by_host and _alone(link, party) else "participant"
    commitment = cast.commitment
    if commitment == "course":
        commitment = "open" if item.verdict.conditional else _course(item.verdict.status, lexicon)
        if is_refused(item.verdict.links):
            commitment = "declined"
        if commitment != "unknown" and _wanted_by_another(draft, item, link, party):
            commitment = "unknown"
    elif commitment == "agreed" and is_called_for(link.token):
        commitment = "unknown"  # "They should agree" is what somebody else thinks.
    elif commitment == "agreed" and (
        _unsure(item) or item.verdict.status not in ("agreed", "scheduled", "held")
    ):
        commitment = "open"
    elif commitment == "declined" and _unsure(item):
        commitment = "unknown"
    if commitment not in get_args(Commitment):
        commitment = "unknown"
    roll.add(party.entity, role, commitment, _evidence(item, link, party), background=item.background)


def _unsure(item: Evidence) -> bool:
    return item.verdict.status == "possible"


def _course(status: str | None, lexicon: Lexicon) -> Commitment:
    """Return how far a party is bound whose own taking part has this status."""
    if status is None:
        return "unknown"
    if status == "rejected":
        return "declined"
    if status in lexicon.ends:
        return "unknown"
    if lexicon.rank(status) >= lexicon.rank("agreed"):
        return "agreed"
    return "open" if status == "proposed" else "unknown"


def _alone(link: Link, party: DraftMention) -> bool:
    subjects = arguments.logical_subjects(link.token)
    return len(subjects) == 1 and subjects[0].tag_ not in ("NNS", "NNPS") and not party.entity.plural


def _evidence(item: Evidence, link: Link, party: DraftMention) -> tuple[int, int]:
    """Return the stretch from the party to the governing word, or only the party when they lie far apart."""
    sentence = item.mention.sentence
    start, end = sentence.start_of(link.token), sentence.end_of(link.token)
    if link.place == "apposition":
        first, last = edges.subtree_edges(link.token)
        return sentence.start_of(first), sentence.end_of(last)
    reach = min(start, party.start), max(end, party.end)
    return reach if reach[1] - reach[0] <= 120 else (party.start, party.end)


def _at_place(draft: Draft, sentence: Sentence, link: Link, place: str) -> list[DraftMention]:
    token = link.token
    if place == "subject":
        heads = _subjects(token)
    elif place == "object":
        heads = arguments.logical_objects(token)
    elif place == "compound":
        heads = grammar.children(token, "npadvmod", "compound", "nsubj", "amod", "nmod")
    elif place == "possessive":
        heads = [t for p in grammar.children(token, "poss") for t in grammar.conjuncts(p)]
    elif "." in place:
        # "bring A together with B": parsers hang the adverb on the preposition or the other way round.
        adverb, preposition = place.split(".")
        below = [d for c in token.children for d in (c, *c.children)]
        if all(d.lower_ != adverb for d in below):
            return []
        heads = [t for h in (token, *below) for t in grammar.prepositional_objects(h, preposition)]
    else:
        heads = grammar.prepositional_objects(token, place)
    found: list[DraftMention] = []
    for head in heads:
        for mention in mentions_in_phrase(draft, sentence, head):
            if mention not in found:
                found.append(mention)
    return found


def _subjects(token: Token) -> list[Token]:
    if is_verb(token):
        return arguments.logical_subjects(token)
    if token.dep_ in ("acomp", "oprd", "attr"):
        return arguments.grammatical_subjects(token.head)
    return []


def _supporters(draft: Draft, sentence: Sentence, link: Link) -> list[DraftMention]:
    """Return who makes the call, voices the openness: the subject of the verb whose object the noun is."""
    verb = link.token.head
    if link.cue is None or link.token.dep_ not in ("dobj", "nsubjpass") or verb.pos_ != "VERB":
        return []
    if verb.lemma_.lower() not in link.cue.support or is_negated(verb):
        return []
    found: list[DraftMention] = []
    for head in arguments.logical_subjects(verb):
        for mention in mentions_in_phrase(draft, sentence, head):
            if mention not in found:
                found.append(mention)
    return found


def _add_members(draft: Draft, roll: Roll, lexicon: Lexicon) -> None:
    """The members of a club that takes part take part, as far as the article names them."""
    for entry in list(roll.entries()):
        if entry.entity.members is None or entry.entity.name.casefold() not in lexicon.qualifiers.clubs:
            continue
        for member in entry.entity.members:
            entity = _state(draft, member) if isinstance(member, str) else member
            if entity is not None and not roll.has(entity):
                roll.add(entity, "participant", "unknown", entry.evidence[0])


def _state(draft: Draft, country: str) -> DraftEntity | None:
    for entity in draft.entities:
        if entity.kind == "state" and entity.country == country:
            return entity
    return None
