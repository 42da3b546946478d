"""Two ways to keep a small model from learning a small set by heart: outcomes drawn together, averaged weights."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import nn
from torch.nn.functional import kl_div, log_softmax

DECAY, EVERY = 0.95, 10
"""The average keeps so much of itself at each look, and looks after so many steps."""


def apart(first: torch.Tensor, second: torch.Tensor) -> torch.Tensor:
    """How far two outcomes of the same batch under different dropout lie apart: both ways' mean KL divergence, [].

    For logits [n, classes]; added to the loss it is R-Drop (Liang et al., 2021).
    """
    one, other = log_softmax(first, dim=-1), log_softmax(second, dim=-1)
    there = kl_div(one, other, reduction="batchmean", log_target=True)
    back = kl_div(other, one, reduction="batchmean", log_target=True)
    return (there + back) / 2


class Average:
    """A moving average of a model's weights, steadier than the last ones (Polyak and Juditsky, 1992)."""

    def __init__(self, model: nn.Module) -> None:
        self.state = {name: value.detach().clone() for name, value in model.state_dict().items()}
        self._steps = 0

    @torch.no_grad()
    def step(self, model: nn.Module) -> None:
        """Called after every step of training."""
        self._steps += 1
        if self._steps % EVERY:
            return
        looks = self._steps // EVERY
        decay = min(DECAY, looks / (10 + looks))
        for name, value in model.named_parameters():
            if value.requires_grad:
                self.state[name].mul_(decay).add_(value, alpha=1 - decay)

    def saved(self) -> dict[str, object]:
        """What a checkpoint keeps of it: "model" is what is shipped."""
        return {"model": self.state, "steps": self._steps}

    def load(self, saved: Mapping[str, object]) -> None:
        """Go on from a checkpoint."""
        self.state, self._steps = saved["model"], saved["steps"]  # type: ignore[assignment]
