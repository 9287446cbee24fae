"""News of our own, for tests of wire copies."""

from __future__ import annotations

import re

from dragoman import model

INFO = model.CoderInfo(version="0", codebook="none", models={})

DAM = (
    "The government of Ardenia on Tuesday halted work on the Kessra dam after engineers found cracks in two of its "
    "pillars. The water ministry said that builders would be sent home until a commission had looked at the damage. "
    "Neighbouring Belvar, which lies downstream, has demanded for years that the dam be lowered by twelve metres. "
    "Its foreign minister, Ilse Moren, welcomed the decision and offered to send three of her country's own "
    "specialists. Ardenian officials did not answer the offer at once. The two countries have held six rounds of "
    "talks on the river since 2011, the last of them in Tallow in March. A treaty of 1964 gives Belvar a third of "
    "the water in dry years. Farmers on both banks say that the level has fallen by half a metre since the "
    "reservoir began to fill. The World Bank lent Ardenia 240 million dollars for the project, and suspended the "
    "last part of the loan in January over missing reports on the safety of the valley's villages. A spokesman for "
    "the bank said it was watching the situation closely and would wait for the findings of the commission."
)
TRIAL = (
    "A court in Port Sarin sentenced the former customs chief Adam Bruck to nine years in prison on Thursday for "
    "taking bribes from shipping companies. Judges found that Bruck had let more than 400 containers pass without "
    "inspection between 2015 and 2018. He denied the charges and said he would appeal. Two of his deputies received "
    "terms of four years each, while a third was acquitted for lack of evidence. Prosecutors had asked for twelve "
    "years. The trial is the largest of its kind since the anti-graft law was passed, and diplomats from five "
    "countries followed it from the gallery. Trade unions gathered outside the building and cheered the verdict."
)
BOILERPLATE = (
    "The Northern Observer is published by the Foundation for Public Affairs in Tallow. Readers may reproduce our "
    "reports for teaching when they name the source. To receive the morning letter write to the circulation desk, "
    "which answers on working days between nine and five. The foundation takes no money from parties or governments "
    "and publishes its accounts every spring. Corrections are printed on the second page of the weekend edition."
)
BRIEF_ONE = (
    "Fishermen from Oldmark blocked the harbour of Rusna with forty boats to protest against new quotas for cod. "
    "The coast guard did not step in. Talks with the fisheries ministry are to begin on Monday in the capital."
)
BRIEF_TWO = (
    "Parliament in Celandia ratified the extradition treaty with Morrow by a large majority after a long debate. "
    "Opposition members walked out before the vote. President Hanna Lind is expected to sign the bill this week."
)
DAILY = (
    "Shelling hit the town of {town} on {day}, killing {dead} people and wounding {hurt}, the regional governor said. "
    "The shells came from positions held by the {army}, according to monitors. Shops stayed closed and the road to "
    "{road} was cut. Both sides blamed each other for breaking the ceasefire, and observers called on them to hold "
    "their fire so that the wounded could be taken away."
)


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=\.) ", text)


def article(name: str, text: str, date: str | None = "2020-05-04", **fields: str | None) -> model.Document:
    """Return a record of a text without any coding."""
    return model.Document(
        id=name, date=date, source=fields.get("source"), title=fields.get("title"), url=None, language="en", text=text,
        segments=(model.Segment("body", 0, len(text)),), sentences=(model.Span(0, len(text)),), entities=(), times=(),
        attributions=(), events=(), processes=(), coder=INFO, warnings=(),
    )  # fmt: skip
