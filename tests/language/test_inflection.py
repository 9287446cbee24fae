from __future__ import annotations

import pytest

from dragoman.language.inflection import word_forms


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("meet", {"meet", "meets", "met", "meeting"}),
        ("deny", {"deny", "denies", "denied", "denying"}),
        ("ban", {"ban", "bans", "banned", "banning"}),
        ("strike", {"strike", "strikes", "struck", "striking"}),
        ("expel", {"expelled", "expelling"}),
        ("attack", {"attacks", "attacked", "attacking"}),
        ("crisis", {"crises"}),
        ("gunman", {"gunmen"}),
        ("withdraw", {"withdrew", "withdrawn", "withdrawing"}),
    ],
)
def test_every_real_form_is_among_the_forms(lemma: str, forms: set[str]) -> None:
    assert forms <= word_forms(lemma)
