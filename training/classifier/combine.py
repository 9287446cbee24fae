"""Fit how frames and encoder decide together, on held-out sentences, and draw how far confidence can be believed.

    python training/classifier/combine.py [--plot docs/reliability.svg]

Writes `combination.yaml` beside the encoder. The sentences of held_out.txt, probing/senses.txt and probing/short.txt in
../sentences are in no training run. What is printed comes from five-fold cross-validation over them: the weights that
answer a sentence have not seen it. Run it after export.py, and again when frames change.
"""

from __future__ import annotations

import argparse
import itertools
import math
import sys
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

sys.path.insert(0, str(Path(__file__).parents[1]))
from sentences import Sentence, read

from dragoman import Coder
from dragoman.asking import answerer
from dragoman.events import EventStep, load_codebook
from dragoman.events.classifier import load_classifier
from dragoman.events.combining import FLOOR, NO_EVENT, ProposedWeights
from dragoman.events.judging import JudgeStep, _logit, read_event
from dragoman.events.relating import follow_frames

HERE = Path(__file__).parent
SENTENCES = HERE.parent / "sentences"
# The last two are by other writers than most of the training text, without a look at what the encoder knows.
HELD_OUT = (
    SENTENCES / "held_out.txt",
    SENTENCES / "probing" / "senses.txt",
    SENTENCES / "probing" / "short.txt",
)
OUT = HERE.parents[1] / "src" / "dragoman" / "data" / "models" / "plover" / "combination.yaml"
FOLDS = 5
ABSTAIN, LEAST, LEAST_PROPOSED = 0.98, 0.25, 0.8
# Below this the frames are asked in any case: up to here they mend more than they spoil, by bands of .05.
SURE = 0.8
# The frame's own confidence in a coded event from which on the encoder is not asked, for speed.
SURE_FRAME = 0.65
# Frames count so much more than the fit says: the encoder was trained by the same hands that wrote most of this text,
# which flatters it. And how strongly what speaks for a type beforehand is held near nothing. Of 1, 1.5, 2, 2.5 and
# .01, .003, .001, the two by which most sentences are right, each answered by weights that have not seen it (three
# divisions into fifths): .9205, .9219, .9222, .9193 at .001, the others .9193 to .9216.
FRAMES_MORE = 2.0
TYPES_HELD = 0.001
# Categories in which nothing may be coded at all, whoever the parties.
EMPTY = ("NONE.sport", "NONE.business", "NONE.metaphor", "NONE.description")


def log_softmax(scores: np.ndarray) -> np.ndarray:
    scores = scores - scores.max(1, keepdims=True)
    return scores - np.log(np.exp(scores).sum(1, keepdims=True))


def calibration_error(confidence: np.ndarray, right: np.ndarray, bins: int = 10) -> float:
    """Return the expected calibration error (Guo et al. 2017): ten bins of equal width."""
    error = 0.0
    for k in range(bins):
        inside = (confidence > k / bins) & (confidence <= (k + 1) / bins)
        if inside.any():
            error += inside.mean() * abs(confidence[inside].mean() - right[inside].mean())
    return float(error)


def folds(size: int) -> list[np.ndarray]:
    order = np.random.RandomState(0).permutation(size)
    return [order[k::FOLDS] for k in range(FOLDS)]


# --- marked parties ---------------------------------------------------------------------------------------------
def marked_evidence(sentences: list[Sentence]) -> tuple[np.ndarray, np.ndarray, np.ndarray, list[str]]:
    """Return encoder and frame evidence (sentences x types and "no event" x 3), whether covered, and the labels."""
    relater = answerer("relate")
    book = load_codebook()
    types = [*book.types, NO_EVENT]
    acts = {code: act.type for code, act in book.marked_acts.items()}
    known = {c.name: acts.get(c.cameo or "", c.type) for c in load_classifier("plover").categories}
    evidence = np.zeros((len(sentences), len(types), 3))
    labels = []
    for row, sentence in zip(evidence, sentences, strict=True):
        source, target = (spans[0] if spans else None for spans in (sentence.source, sentence.target))
        found = relater.evidence(relater._parse([sentence.text])[0], source, target)
        reading = follow_frames(relater._readings([sentence.text], [(source, target)])[0], found)
        for at, name in enumerate(types):
            row[at, 0] = max(reading.types.get(name, FLOOR), FLOOR)
            if name in found:
                row[at, 1] = found[name].weight ** 0.5
                row[at, 2] = row[at, 1] * found[name].covers
        labels.append(known[sentence.category] or NO_EVENT)
    return evidence, evidence[:, :, 2].max(1) > 0, np.array([types.index(label) for label in labels]), types


def marked_scores(weights: np.ndarray, evidence: np.ndarray, covered: np.ndarray) -> np.ndarray:
    """Weights: encoder, frames, covering, nothing where covered; encoder, frames, nothing where not."""
    a, b = weights[:4], np.array([weights[4], weights[5], 0.0, weights[6]])
    chosen = np.where(covered[:, None], a, b)
    scores = np.einsum("stf,sf->st", evidence, chosen[:, :3])
    scores[:, -1] += chosen[:, 3]
    return log_softmax(scores)


def fit_marked(evidence: np.ndarray, covered: np.ndarray, labels: np.ndarray) -> np.ndarray:
    def loss(weights: np.ndarray) -> float:
        rows = np.arange(len(labels))
        return float(
            -marked_scores(weights, evidence, covered)[rows, labels].mean() + 1e-3 * (weights**2).sum()
        )

    # Evidence never speaks against the type it is for.
    bounds = [(0, None), (0, None), (0, None), (None, None), (0, None), (0, None), (None, None)]
    begin = np.array([1.0, 0.5, 0.2, 0.0, 1.0, 0.5, 0.0])
    weights = minimize(loss, begin, method="L-BFGS-B", bounds=bounds).x
    weights[[1, 2, 5]] *= FRAMES_MORE
    # One factor for all of them sets the confidence right again.
    return (
        weights * minimize(lambda factor: loss(weights * factor[0]), np.array([1.0]), method="L-BFGS-B").x[0]
    )


def fit_types(scores: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Return what speaks for each type before a sentence is read; 0 for "no event", which has a weight already."""

    def loss(types: np.ndarray) -> float:
        shifted = log_softmax(scores + np.append(types, 0.0))
        return float(-shifted[np.arange(len(labels)), labels].mean() + TYPES_HELD * (types**2).sum())

    return np.append(minimize(loss, np.zeros(scores.shape[1] - 1), method="L-BFGS-B").x, 0.0)


def sure_from(evidence: np.ndarray, labels: np.ndarray, both: np.ndarray) -> float:
    """Return the encoder's least probability from which on it is as often right alone as with the frames."""
    alone, highest = evidence[:, :, 0].argmax(1), np.exp(evidence[:, :, 0].max(1))
    for least in np.arange(0.5, 1.0, 0.01):
        sure = (highest >= least) & (alone < evidence.shape[1] - 1)
        if (alone == labels)[sure].mean() >= (both == labels)[sure].mean():
            print(
                f"  the encoder alone decides {sure.mean():.0%}: right {(alone == labels)[sure].mean():.3f},",
                end=" ",
            )
            print(f"both {(both == labels)[sure].mean():.3f} (from {least:.2f})")
            return round(float(least), 2)
    return 1.0


def frames_spread(evidence: np.ndarray, labels: np.ndarray) -> float:
    """Return the weight of frames where there is no encoder, from the sentences that tell an event."""
    told = labels < evidence.shape[1] - 1
    frames, gold = evidence[told][:, :-1, 1], labels[told]

    def loss(weight: np.ndarray) -> float:
        return float(-log_softmax(frames * weight[0])[np.arange(len(gold)), gold].mean())

    return float(minimize(loss, np.array([2.0]), method="L-BFGS-B").x[0])


# --- coded events -----------------------------------------------------------------------------------------------
def coded_evidence(sentences: list[Sentence]) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return evidence (events x frame, encoder, nothing) and whether each event is right; the same of proposed events.

    Of what the encoder proposes where no frame fits, the evidence is the logarithm of its probability.

    An event between the marked parties is right when it is of the sentence's type; one of sport, business, metaphor
    or description is wrong whoever takes part. What else is coded is not labelled and left out.
    """
    coder = Coder()
    coder.steps = [s for s in coder.steps if not isinstance(s, JudgeStep)]
    for step in coder.steps:
        if isinstance(step, EventStep):
            step.proposer.weights = ProposedWeights(0.0, 1.0, 0.0)
    classifier = load_classifier("plover")
    types = {category.name: category.type for category in classifier.categories}
    evidence, right, proposed, fitting = [], [], [], []
    for sentence in sentences:
        draft = coder.draft(sentence.text, "2020-01-01")
        for event in draft.events:
            if not (sentence.category in EMPTY or between(event, sentence)):
                continue
            if event.decided_by == "model":
                proposed.append(math.log(max(event.score, 1e-4)))
                fitting.append(event.type == types[sentence.category])
                continue
            reading = read_event(classifier, event)
            of_type, nothing = (max(reading.types.get(n, FLOOR), FLOOR) for n in (event.type, NO_EVENT))
            evidence.append((_logit(event.confidence), of_type, nothing))
            right.append(event.type == types[sentence.category])
    return np.array(evidence), np.array(right), np.array(proposed)[:, None], np.array(fitting)


def between(event, sentence: Sentence) -> bool:
    """Tell whether an event is between the marked parties (of a reciprocal one, among its actors)."""

    def overlaps(mentions, spans) -> bool:
        return any(m.start < b and a < m.end for m in mentions for a, b in spans)

    targets = event.actors if event.reciprocal else event.recipients
    acts = overlaps(event.actors, sentence.source)
    return acts and (not sentence.target or overlaps(targets, sentence.target))


def fit_coded(evidence: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Return the weights of a logistic regression: the bias, then one for each column."""

    def loss(weights: np.ndarray) -> float:
        scores = weights[0] + evidence @ weights[1:]
        return float(np.logaddexp(0, -np.where(right, scores, -scores)).mean() + 1e-3 * (weights**2).sum())

    return minimize(loss, np.zeros(evidence.shape[1] + 1), method="L-BFGS-B").x


# --- reports ----------------------------------------------------------------------------------------------------
def plot(path: Path, curves: dict[str, tuple[np.ndarray, np.ndarray]]) -> None:
    import matplotlib

    matplotlib.use("Agg")
    matplotlib.rcParams["svg.hashsalt"] = "dragoman"
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(5, 5))
    axes.plot([0, 1], [0, 1], color="0.7", linewidth=1)
    for name, (confidence, right) in curves.items():
        points = []
        for k in range(10):
            inside = (confidence > k / 10) & (confidence <= (k + 1) / 10)
            if inside.sum() >= 5:
                points.append((confidence[inside].mean(), right[inside].mean()))
        axes.plot(*zip(*points, strict=True), marker="o", label=name)
    axes.set_xlabel("confidence")
    axes.set_ylabel("share that is right")
    axes.legend()
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--plot", type=Path)
    options = parser.parse_args()
    files = {path.stem: read(path) for path in HELD_OUT}
    sentences = list(itertools.chain.from_iterable(files.values()))
    origin = np.repeat(list(files), [len(s) for s in files.values()])
    evidence, covered, labels, types = marked_evidence(sentences)
    weights = fit_marked(evidence, covered, labels)
    favour = fit_types(marked_scores(weights, evidence, covered), labels)
    crossed = np.zeros(evidence.shape[:2])
    for test in folds(len(labels)):
        train = np.setdiff1d(np.arange(len(labels)), test)
        fitted = fit_marked(evidence[train], covered[train], labels[train])
        of_types = fit_types(marked_scores(fitted, evidence[train], covered[train]), labels[train])
        crossed[test] = np.exp(log_softmax(marked_scores(fitted, evidence[test], covered[test]) + of_types))
    chosen, confidence = crossed.argmax(1), crossed.max(1)
    right = chosen == labels
    print(f"marked parties: {len(labels)} sentences, {covered.mean():.0%} covered by a frame")
    for name, answers in (
        ("encoder alone", evidence[:, :, 0].argmax(1)),
        ("frames alone", evidence[:, :-1, 1].argmax(1)),
        ("both", chosen),
    ):
        hit = answers == labels
        print(
            f"  {name:14} {hit.mean():.3f}   covered {hit[covered].mean():.3f}, open {hit[~covered].mean():.3f}   "
            + ", ".join(f"{file} {hit[origin == file].mean():.3f}" for file in files)
        )
    print(f"  expected calibration error {calibration_error(confidence, right):.3f}")
    for at, name in enumerate(types):
        made, gold = chosen == at, labels == at
        both = (made & gold).sum()
        print(
            f"    {name or 'no event':10} precision {both / max(made.sum(), 1):.2f} recall {both / gold.sum():.2f}"
        )
    spread = frames_spread(evidence, labels)
    least = max(sure_from(evidence, labels, chosen), SURE)
    coded, fits, proposed, fitting = coded_evidence(sentences)
    judged = np.zeros(len(fits))
    for test in folds(len(fits)):
        train = np.setdiff1d(np.arange(len(fits)), test)
        fitted = fit_coded(coded[train], fits[train])
        judged[test] = 1 / (1 + np.exp(-(fitted[0] + coded[test] @ fitted[1:])))
    final = fit_coded(coded, fits)
    # Where the frame is sure of itself the encoder is not asked.
    by_frame = coded[:, 0] >= _logit(SURE_FRAME)
    own = fit_coded(coded[by_frame][:, :1], fits[by_frame])
    judged[by_frame] = 1 / (1 + np.exp(-(own[0] + coded[by_frame, 0] * own[1])))
    print(f"coded events whose frame is sure: {by_frame.mean():.0%}, right {fits[by_frame].mean():.3f}")
    kept = (judged >= LEAST) | (np.exp(coded[:, 2]) < 0.3)
    print(f"coded events: {len(fits)} labelled, right {fits.mean():.3f}")
    print(f"  kept {kept.mean():.1%}, right {fits[kept].mean():.3f}")
    print(f"  right events lost: {(fits & ~kept).sum()}, wrong ones left out: {(~fits & ~kept).sum()}")
    print(f"  expected calibration error {calibration_error(judged, fits):.3f}")
    alone = fit_coded(proposed, fitting)
    sure = 1 / (1 + np.exp(-(alone[0] + proposed[:, 0] * alone[1]))) >= LEAST_PROPOSED
    print(f"proposed by the encoder alone: {len(fitting)}, right {fitting.mean():.3f}")
    print(f"  kept {sure.sum()}, right {fitting[sure].mean():.3f}")
    a = [round(float(w), 3) for w in weights]
    c = [round(float(w), 3) for w in final]
    p = [round(float(w), 3) for w in alone]
    OUT.write_text(
        "# Fitted by training/classifier/combine.py on text that no training run has seen; see events/combining.py.\n"
        f"covered: {{encoder: {a[0]}, frames: {a[1]}, covering: {a[2]}, nothing: {a[3]}}}\n"
        f"open: {{encoder: {a[4]}, frames: {a[5]}, nothing: {a[6]}}}\n"
        f"frames_alone: {{encoder: 0.0, frames: {round(spread, 3)}}}\n"
        f"types: {{{', '.join(f'{t}: {v:.3f}' for t, v in zip(types, favour, strict=True) if t)}}}\n"
        f"sure: {least}\n"
        f"abstain: {ABSTAIN}\n"
        f"coded: {{bias: {c[0]}, frame: {c[1]}, encoder: {c[2]}, nothing: {c[3]}, least: {LEAST},\n"
        f"        sure: {SURE_FRAME}, sure_bias: {round(float(own[0]), 3)}, sure_frame: {round(float(own[1]), 3)}}}\n"
        f"proposed: {{bias: {p[0]}, encoder: {p[1]}, least: {LEAST_PROPOSED}}}\n",
        encoding="utf-8",
    )
    if options.plot:
        plot(options.plot, {"relate": (confidence, right), "code": (judged, fits)})


if __name__ == "__main__":
    main()
