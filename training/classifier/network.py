"""The sentence encoder and its head, in PyTorch; needed for training only."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import torch
from torch import nn
from torch.nn import functional

from dragoman.events.marking import SOURCE_CLOSES, SOURCE_OPENS, TARGET_CLOSES, TARGET_OPENS
from reading import STATUSES, student_weights

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class Layer(nn.Module):
    """One layer of BERT (Devlin et al. 2019), written out so that it exports to plain ONNX operators."""

    def __init__(self, width: int, heads: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(width, width)
        self.key = nn.Linear(width, width)
        self.value = nn.Linear(width, width)
        self.out = nn.Linear(width, width)
        self.norm_out = nn.LayerNorm(width, eps=1e-12)
        self.grow = nn.Linear(width, inner)
        self.shrink = nn.Linear(inner, width)
        self.norm_shrink = nn.LayerNorm(width, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
        rows, length, width = states.shape
        shape = (rows, length, self.heads, width // self.heads)
        query, key, value = (
            part(states).view(shape).transpose(1, 2) for part in (self.query, self.key, self.value)
        )
        scores = query @ key.transpose(2, 3) / (width // self.heads) ** 0.5 + bias
        mixed = (self.dropout(torch.softmax(scores, -1)) @ value).transpose(1, 2).reshape(rows, length, width)
        states = self.norm_out(states + self.dropout(self.out(mixed)))
        return self.norm_shrink(states + self.dropout(self.shrink(functional.gelu(self.grow(states)))))


class Encoder(nn.Module):
    """MiniLM-L6 (Wang et al. 2020) with one vector for the source, one for the target, one for the sentence.

    Input: tokens (rows x length, 0 is padding), and the places of the opening markers (rows each).
    Output: a score for each category (rows x categories) and for each status (rows x statuses).
    """

    def __init__(
        self,
        weights: Path,
        categories: int,
        statuses: int,
        layers: Sequence[int] = range(6),
        inner: int | None = None,
        dropout: float = 0.1,
    ) -> None:
        """Start from published weights.

        `layers` are those of the published model that are taken, `inner` how many of each layer's inner neurons: those
        with the greatest weights going in and out.
        """
        super().__init__()
        config = json.loads((weights / "config.json").read_text())
        width = config["hidden_size"]
        inner = inner or config["intermediate_size"]
        self.words = nn.Embedding(config["vocab_size"], width, padding_idx=0)
        self.places = nn.Embedding(config["max_position_embeddings"], width)
        self.kind = nn.Parameter(torch.zeros(width))
        # Added to the four markers, and to what stands between them: who is the source, who the target.
        self.markers = nn.Parameter(torch.zeros(4, width))
        self.roles = nn.Parameter(torch.zeros(2, width))
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(
            Layer(width, config["num_attention_heads"], inner, dropout) for _ in layers
        )
        self.dropout = nn.Dropout(dropout)
        self.mix = nn.Linear(4 * width, width)
        self.head = nn.Linear(width, categories)
        self.status = nn.Linear(width, statuses)
        self._load(weights, layers, inner)

    def forward(
        self, tokens: torch.Tensor, source: torch.Tensor, target: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        present = tokens != 0
        places = torch.arange(tokens.shape[1], device=tokens.device)
        states = self.words(tokens) + self.places(places) + self.kind
        for side, (opens, closes) in enumerate(
            ((SOURCE_OPENS, SOURCE_CLOSES), (TARGET_OPENS, TARGET_CLOSES))
        ):
            begun, ended = (tokens == opens).to(states.dtype), (tokens == closes).to(states.dtype)
            inside = begun.cumsum(1) - ended.cumsum(1)
            states = (
                states
                + begun.unsqueeze(2) * self.markers[2 * side]
                + ended.unsqueeze(2) * self.markers[2 * side + 1]
            )
            states = states + inside.unsqueeze(2) * self.roles[side]
        states = self.dropout(self.norm(states))
        bias = (~present)[:, None, None, :].to(states.dtype) * -10000.0
        for layer in self.layers:
            states = layer(states, bias)
        weight = present.unsqueeze(2).to(states.dtype)
        mean = (states * weight).sum(1) / weight.sum(1)
        rows = torch.arange(tokens.shape[0], device=tokens.device)
        parts = torch.cat([states[rows, source], states[rows, target], states[:, 0], mean], 1)
        mixed = self.dropout(torch.tanh(self.mix(self.dropout(parts))))
        return self.head(mixed), self.status(mixed)

    def _load(self, weights: Path, layers: Sequence[int], inner: int) -> None:
        """Take over the weights of the published model."""
        from safetensors.torch import load_file

        found = load_file(weights / "model.safetensors")
        found = {name.removeprefix("bert."): value for name, value in found.items()}
        names = {
            "query": "attention.self.query",
            "key": "attention.self.key",
            "value": "attention.self.value",
            "out": "attention.output.dense",
            "norm_out": "attention.output.LayerNorm",
            "grow": "intermediate.dense",
            "shrink": "output.dense",
            "norm_shrink": "output.LayerNorm",
        }
        with torch.no_grad():
            self.words.weight.copy_(found["embeddings.word_embeddings.weight"])
            self.places.weight.copy_(found["embeddings.position_embeddings.weight"])
            self.kind.copy_(found["embeddings.token_type_embeddings.weight"][0])
            self.norm.weight.copy_(found["embeddings.LayerNorm.weight"])
            self.norm.bias.copy_(found["embeddings.LayerNorm.bias"])
            for number, layer in zip(layers, self.layers, strict=True):
                taken = {
                    f"{ours}.{part}": found[f"encoder.layer.{number}.{theirs}.{part}"]
                    for ours, theirs in names.items()
                    for part in ("weight", "bias")
                }
                kept = strongest(taken["grow.weight"], taken["shrink.weight"], inner)
                taken["grow.weight"] = taken["grow.weight"][kept]
                taken["grow.bias"] = taken["grow.bias"][kept]
                taken["shrink.weight"] = taken["shrink.weight"][:, kept]
                layer.load_state_dict(taken)


def strongest(grow: torch.Tensor, shrink: torch.Tensor, count: int) -> torch.Tensor:
    """Return the inner neurons of a layer with the greatest weights going in and out, in their order."""
    return (grow.norm(dim=1) * shrink.norm(dim=0)).topk(count).indices.sort().values


def load(folder: Path) -> tuple[Encoder, dict[str, Any]]:
    """Return an encoder and its shape (`categories`, `layers`, `inner`) from the folder into which `save` put them.

    Raises:
        ValueError: when the weights are those of another network.
    """
    shape = json.loads((folder / "shape.json").read_text())
    model = Encoder(
        student_weights(), len(shape["categories"]), len(STATUSES), shape["layers"], shape["inner"]
    )
    found = {n: p.float() for n, p in torch.load(folder / "weights.pt", map_location="cpu").items()}
    missing, unknown = model.load_state_dict(found, strict=False)
    if missing != ["words.weight"] or unknown:
        raise ValueError(f"{folder} does not hold the weights of this network: {missing}, {unknown}")
    return model.eval(), shape


def save(model: Encoder, shape: dict[str, Any], folder: Path) -> None:
    """Write the weights and the shape of an encoder into a folder.

    Half precision is plenty: what is shipped has eight bits. The vectors of the words are the published ones.
    """
    folder.mkdir(parents=True, exist_ok=True)
    kept = {n: p.half().cpu() for n, p in model.state_dict().items() if n != "words.weight"}
    torch.save(kept, folder / "weights.pt")
    (folder / "shape.json").write_text(json.dumps(shape))
