"""Records for the tests of exports: generated ones, and a full one."""

from __future__ import annotations

from hypothesis import strategies as st

from dragoman import model
from running.fake import code

NAMES = st.sampled_from(["Chad", "Niger", "Mali", "Togo", "Benin"])
FILL = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="."), max_size=12
)  # any odd character, no lone surrogates: text that was decoded has none


@st.composite
def documents(draw):
    told = draw(st.lists(st.tuples(FILL, NAMES, st.sampled_from(["met", "attacked"]), NAMES), max_size=6))
    text = "".join(f"{fill} {a} {verb} {b}. " for fill, a, verb, b in told) or draw(FILL)
    article = model.Article(
        id=draw(st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=8)),
        text=text,
        date=draw(st.sampled_from([None, "2020-07-14"])),
        source=draw(st.none() | FILL.filter(bool)),
    )
    return code(article)


def full() -> model.Document:
    """A record with every field that an export shows, about a call that is told twice."""
    text = "Mali said on Monday that Chad called Niger in Accra. Chad and Niger spoke."

    def at(words: str, nth: int = 0) -> tuple[int, int]:
        start = -1
        for _ in range(nth + 1):
            start = text.index(words, start + 1)
        return start, start + len(words)

    sentence = text.index(".") + 1

    def event(identity: str, trigger: str, number: int, nth: int, **more: object) -> model.Event:
        fields = {
            "id": identity, "type": "CONSULT", "mode": "phone", "contexts": ("diplomatic", "military"),
            "status": "occurred", "content_status": None, "historical": False,
            "actors": (
                model.Party("n2", *at("Chad", nth), "Chad", "TCD", ("GOV", "MIL")),
                model.Party("n3", *at("Niger", nth), "Niger", None, ()),
            ),
            "recipients": (), "reciprocal": True, "trigger": model.Span(*at(trigger)), "sentence": number,
            "time": None, "place": None, "attribution": None, "intensity": 1.5, "cameo": "041",
            "confidence": 0.875, "why": model.Why("frame", "CONSULT/call", 0.9, {
                "type": model.Reason("stated", "frame CONSULT/call", (model.Span(*at(trigger)),)),
                "place": model.Reason("absent", "no place is named"),
            }),
        }  # fmt: skip
        return model.Event(**{**fields, **more})  # type: ignore[arg-type]

    return model.Document(
        id="call-1", date="2020-07-14", source="Wire", title="A call", url=None, language="en", text=text,
        segments=(model.Segment("body", 0, len(text)),),
        sentences=(model.Span(0, sentence), model.Span(sentence + 1, len(text))),
        entities=(
            model.Entity("n1", "Mali", "state", "MLI"),
            model.Entity("n2", "Chad", "state", "TCD"),
            model.Entity("n3", "Niger", "organization"),
        ),
        times=(model.Timex(*at("Monday"), "DATE", "2020-07-13", "2020-07-13", "2020-07-13"),),
        attributions=(
            model.Attribution(
                "a1", model.Source(*at("Mali"), "n1"), model.Span(*at("said")),
                model.Span(text.index("that"), sentence), "indirect", "asserts",
            ),
        ),
        events=(
            event("e1", "called", 0, 0, attribution="a1", duplicates=("e2",),
                  time=model.EventTime(None, None, "2020-07-13", 0),
                  place=model.Place("Accra", "GHA", 5.55, -0.2, "2306104", *at("Accra"))),
            event("e2", "spoke", 1, 1, mode=None),
        ),
        processes=(
            model.Process(
                "p1", "negotiation", "talks of Chad and Niger", "proposed",
                (model.Participant("n2", "proposer", "agreed"), model.Participant("n3", "invitee", "open")),
                None, None, None, (model.Unknown("place", *at("Accra")),), ("e1",),
                (model.Span(*at("called")),),
            ),
        ),
        coder=model.CoderInfo("0", "fake", {}), warnings=("odd spelling",),
    )  # fmt: skip
