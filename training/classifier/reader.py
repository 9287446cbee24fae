"""The encoder as it is shipped: it reads one sentence, with fewer operators, and its activations are evened out.

One sentence needs no padding and no mask; query, key and value are one product. Before weights and activations are
rounded to eight bits, each channel of an activation is divided by a factor by which the weights are multiplied, so that
a few large channels do not cost the others their precision (Xiao et al. 2023, SmoothQuant). In full precision the
scores are those of `network.Encoder`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import nn
from torch.nn import functional

from dragoman.events.marking import SOURCE_CLOSES, SOURCE_OPENS, TARGET_CLOSES, TARGET_OPENS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from network import Encoder, Layer

    from dragoman.events.marking import Marked

# How much of the spread goes into the weights: of 0, .5, .7, .8, .85 and .9 that whose scores came nearest to those
# of full precision on held-out sentences.
ALPHA = 0.85
_LEAST = 1e-5


class Evened(nn.Module):
    """A linear layer that notes how large each channel of its input gets, and evens them out when it is told to."""

    def __init__(self, linear: nn.Linear) -> None:
        super().__init__()
        self.linear = linear
        self.greatest = torch.zeros(linear.in_features)
        self.factors: nn.Parameter | None = None

    def forward(self, states: torch.Tensor) -> torch.Tensor:
        if self.factors is not None:
            return self.linear(states * self.factors)
        self.greatest = torch.maximum(self.greatest, states.abs().amax(0))
        return self.linear(states)

    def even_out(self) -> None:
        """Move spread from the channels seen so far into the weights."""
        weights = self.linear.weight.abs().amax(0).clamp(min=_LEAST)
        scale = self.greatest.clamp(min=_LEAST) ** ALPHA / weights ** (1 - ALPHA)
        scale = scale / scale.mean()
        self.linear.weight.data = self.linear.weight * scale
        self.factors = nn.Parameter(1 / scale)


class ReaderLayer(nn.Module):
    """A layer of the encoder for one sentence: length x width in, length x width out."""

    def __init__(self, layer: Layer) -> None:
        super().__init__()
        self.heads = layer.heads
        self.width = layer.query.in_features
        share = (self.width // self.heads) ** -0.5
        together = nn.Linear(self.width, 3 * self.width)
        together.weight.data = torch.cat([layer.query.weight * share, layer.key.weight, layer.value.weight])
        together.bias.data = torch.cat([layer.query.bias * share, layer.key.bias, layer.value.bias])
        self.together, self.out = Evened(together), Evened(layer.out)
        self.grow, self.shrink = Evened(layer.grow), Evened(layer.shrink)
        self.norm_out, self.norm_shrink = layer.norm_out, layer.norm_shrink

    def forward(self, states: torch.Tensor) -> torch.Tensor:
        query, key, value = (
            self.together(states).view(-1, 3, self.heads, self.width // self.heads).permute(1, 2, 0, 3)
        )
        mixed = torch.softmax(query @ key.transpose(1, 2), -1) @ value
        states = self.norm_out(states + self.out(mixed.permute(1, 0, 2).reshape(-1, self.width)))
        return self.norm_shrink(states + self.shrink(functional.gelu(self.grow(states))))


class Reader(nn.Module):
    """An encoder for one sentence at a time.

    Input: tokens (1 x length), the places of the opening markers (1 each). Output as the encoder's, of one row.
    """

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder
        self.layers = nn.ModuleList(ReaderLayer(layer) for layer in encoder.layers)
        self.places = nn.Parameter(encoder.places.weight + encoder.kind)

    def forward(
        self, tokens: torch.Tensor, source: torch.Tensor, target: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        whole, words = self.encoder, tokens[0]
        states = whole.words(words) + self.places[: words.shape[0]]
        for side, (opens, closes) in enumerate(
            ((SOURCE_OPENS, SOURCE_CLOSES), (TARGET_OPENS, TARGET_CLOSES))
        ):
            begun, ended = (words == opens).to(states.dtype), (words == closes).to(states.dtype)
            inside = begun.cumsum(0) - ended.cumsum(0)
            marks = torch.stack([whole.markers[2 * side], whole.markers[2 * side + 1], whole.roles[side]])
            states = states + torch.stack([begun, ended, inside], 1) @ marks
        states = whole.norm(states)
        for layer in self.layers:
            states = layer(states)
        parts = torch.cat([states[source[0]], states[target[0]], states[0], states.mean(0)])[None]
        mixed = torch.tanh(whole.mix(parts))
        return whole.head(mixed), whole.status(mixed)

    def even_out(self, sentences: Iterable[Marked]) -> None:
        """Read sentences, and even out the activations by what they were there."""
        with torch.inference_mode():
            for marked in sentences:
                self(
                    torch.tensor([marked.tokens]),
                    torch.tensor([marked.source]),
                    torch.tensor([marked.target]),
                )
        for part in self.modules():
            if isinstance(part, Evened):
                part.even_out()
