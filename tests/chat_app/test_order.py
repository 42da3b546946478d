"""Which of two things came first, by when each was."""

from __future__ import annotations

import pytest

from chat_app.order import order_asked
from chat_app.question import understand


@pytest.mark.parametrize(
    ("question", "asked", "sign"),
    [
        ("Which is older, the Kapuas bridge or Musi bridge?", ("Kapuas bridge founded", "Musi bridge founded"), 1),
        ("Which was adopted later: the green or the red plan?", ("green adopted", "red plan adopted"), -1),
        ("Mana yang lebih dulu dibentuk, OKI atau GNB?", ("OKI dibentuk", "GNB dibentuk"), 1),
        ("Mana yang lebih dulu, OKI atau GNB?", ("OKI dibentuk", "GNB dibentuk"), 1),
        ("Antara OKI dan GNB, mana yang lebih muda?", ("OKI dibentuk", "GNB dibentuk"), -1),
        ("Lebih tua mana, OKI atau GNB?", ("OKI dibentuk", "GNB dibentuk"), 1),
        ("Which country first joined, Fiji or Samoa?", None, 0),
        ("Which is larger, exports or imports?", None, 0),
        ("When was the OKI founded?", None, 0),
        ("Mana yang lebih dulu dibentuk?", None, 0),
    ],
)
def test_what_is_asked(question: str, asked: tuple[str, str] | None, sign: int) -> None:
    """When each was, in the question's language and by what was done; nothing where no order is asked for."""
    order = order_asked(understand(question))
    assert (order.sign if order else 0) == sign
    if order and asked:
        assert all(one.endswith(f"{words}?") for one, words in zip(order.questions, asked, strict=True))


@pytest.mark.parametrize(
    ("told", "thing"),
    [
        (("1961", "1969"), "GNB"),
        (("15 September 1961", "1969"), "GNB"),
        (("15 September 1961", "2 September 1961"), "OKI"),
        (("abad ke-19", "1969"), "GNB"),
        (("1961", "1961"), None),
        (("1961", "September 1961"), None),
        (("Beograd", "1969"), None),
        ((None, "1969"), None),
        (("1961 atau 1962", "1969"), None),
    ],
)
def test_what_is_answered(told: tuple[str | None, str | None], thing: str | None) -> None:
    """The earlier, as far as the dates tell them apart."""
    order = order_asked(understand("Mana yang lebih dulu dibentuk, GNB atau OKI?"))
    assert order is not None
    assert order.answer(told) == thing


def test_one_sentence_may_tell_it() -> None:
    order = order_asked(understand("Which is older, the port of Ende or the port of Kupang?"))
    assert order is not None
    assert order.is_told_by("The port of Ende was built long before that of Kupang.")
    assert not order.is_told_by("The port of Ende was built in 1920.")
