"""What keeps training steady."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from eval.training.steadying import DECAY, EVERY, Average, apart


def test_apart_is_zero_for_the_same_and_grows_with_difference() -> None:
    same = torch.tensor([[1.0, -2.0, 0.5]])
    assert float(apart(same, same)) == pytest.approx(0, abs=1e-6)
    assert 0 < float(apart(same, same + torch.tensor([[0.1, 0.0, 0.0]]))) < float(apart(same, -same))


def test_apart_by_hand() -> None:
    """Of (.5, .5) and (.8, .2): half of .5 ln(.5/.8) + .5 ln(.5/.2) and of .8 ln(.8/.5) + .2 ln(.2/.5)."""
    even, uneven = torch.log(torch.tensor([[0.5, 0.5]])), torch.log(torch.tensor([[0.8, 0.2]]))
    assert float(apart(even, uneven)) == pytest.approx((0.2231 + 0.1927) / 2, abs=1e-3)


def test_average_follows_what_is_learned_only() -> None:
    model = nn.Sequential(nn.Linear(1, 1, bias=False), nn.Linear(1, 1, bias=False))
    model[1].requires_grad_(False)
    average = Average(model)
    before = average.state["0.weight"].item()
    with torch.no_grad():
        model[0].weight += 1
        model[1].weight += 1
    for _ in range(EVERY):
        average.step(model)
    decay = min(DECAY, 1 / 11)
    assert average.state["0.weight"].item() == pytest.approx(before + (1 - decay))
    assert average.state["1.weight"].item() == pytest.approx(model[1].weight.item() - 1)


def test_average_goes_on_from_a_checkpoint() -> None:
    model = nn.Linear(1, 1)
    first = Average(model)
    first.step(model)
    again = Average(nn.Linear(1, 1))
    again.load(first.saved())
    assert again.saved() == first.saved()
