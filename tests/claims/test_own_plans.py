""" "Would" is a promise where the source speaks for whoever would act, and open where he speaks for somebody else."""

from __future__ import annotations

import pytest

from support import draft_of

DATE = "2023-05-05"


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("Scholz said Germany would send arms to Ukraine.", "AGREE", "planned"),
        ("Germany would send arms to Ukraine, Scholz said.", "AGREE", "planned"),
        ("A German official said Berlin would send arms to Ukraine.", "AGREE", "planned"),
        ("The White House said President Biden would meet Xi Jinping in Bali.", "AGREE", "planned"),
        ("Russia's foreign ministry said Moscow would expel two British diplomats.", "SANCTION", "planned"),
        ("Scholz said France would send arms to Ukraine.", "AID", "possible"),
        ("Kyiv said the US would send arms to Ukraine.", "AID", "possible"),
        ("A German analyst said Berlin would send arms to Ukraine.", "AID", "possible"),
        ("The German defence minister warned that Germany would send arms to Ukraine.", "AID", "possible"),
        ("Scholz says Germany would send arms to Ukraine.", "AID", "possible"),
    ],
)
def test_who_says_what_would_be_done_decides_whether_it_is_planned(text: str, kind: str, status: str) -> None:
    (event,) = draft_of(text, date=DATE).events
    assert (event.type, event.status) == (kind, status)


def test_the_reason_names_the_own_plan() -> None:
    (event,) = draft_of("Scholz said Germany would send arms to Ukraine.", date=DATE).events
    assert event.reasons["status"].rule.endswith("own-plan")


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Bashar al-Assad issued a decree granting amnesty to army deserters.", "Bashar al-Assad"),
        ("The Turkish Senate passed a bill imposing sanctions on Greece.", "Turkish Senate"),
        ("A law banning the Catholic church was passed by Nicaragua's parliament.", "parliament"),
        (
            "Amnesty International published a report accusing Ethiopian soldiers of rape.",
            "Amnesty International",
        ),
        ("Germany's letter urging Iran to free the prisoners arrived on Monday.", "Germany"),
    ],
)
def test_what_a_law_or_a_letter_does_is_done_by_its_maker(text: str, actor: str) -> None:
    (event,) = draft_of(text, date=DATE).events
    assert [text[m.start : m.end] for m in event.actors] == [actor]
