"""The model of expected gains: its scenes, its figures, its fit and its files."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from deblur_app.core.errors import DeblurError
from deblur_app.engine.choice import expected_gain
from deblur_app.engine.choice.regression_trees import RegressionTrees
from training.cli import fit_expected_gain
from training.cli.main import main
from training.fit.expected_gain import gain_fit
from training.fit.expected_gain.gain_fit import FittedTrees, list_examples
from training.fit.expected_gain.held_out import (
    Limits,
    Option,
    ScenePrediction,
    bin_gains,
    choose_limits,
    predict_scene,
    summarize,
)
from training.fit.expected_gain.scene_rows import SEARCHED, SIMPLE, KernelRow, SceneRow, read_rows

if TYPE_CHECKING:
    from pathlib import Path

LIMITS = Limits(0.2)
FACTS = {"noise": -2.0, "trust": 0.5}
KERNEL = KernelRow(SIMPLE, {**FACTS, "misfit": -1.0}, {"kernel": 3.0})
SCENE = SceneRow(0, "a.jpg", "motion", "motion", FACTS, {"blind": 0.5}, (KERNEL,))
SHARP = replace(SCENE, type="none", told="none", gains={"blind": 1.5}, kernels=())


def _make_prediction(row: SceneRow, **expected: float) -> ScenePrediction:
    """Return a prediction for a scene with one kernel at most."""
    gains = row.gains | {name: gain for kernel in row.kernels for name, gain in kernel.gains.items()}
    names = [name for name in ("kernel", "blind") if name in expected]
    facts = row.kernels[0].facts if row.kernels else row.facts
    return ScenePrediction(row, tuple(Option(name, expected[name], gains, facts) for name in names))


def _scenes(count: int) -> list[SceneRow]:
    """Scenes whose kernels gain as much as one feature says, and whose others gain nothing."""
    random = np.random.default_rng(0)
    scenes = []
    for number in range(count):
        level = float(random.uniform(-3.0, 3.0))
        facts = {"noise": -2.0, "misfit": level, "p_sharp": float(level < 0.0), "trust": 0.5}
        kernel = KernelRow(SIMPLE, facts, {"kernel": level + float(random.normal(0.0, 0.7))})
        row = replace(SCENE, number=number, photo=f"{number % 20}.jpg", gains={"blind": 0.0}, kernels=(kernel,))
        scenes.append(row)
    return scenes


def test_a_line_that_a_kill_cut_off_is_left_out(tmp_path: Path) -> None:
    """The scene is made again; those before it are kept as they were."""
    path = tmp_path / "rows.jsonl"
    lines = [json.dumps(asdict(scene)) for scene in (SCENE, SHARP)]
    path.write_text(lines[0] + "\n" + lines[1][:40])
    assert read_rows(path) == [SCENE]
    assert read_rows(tmp_path / "none.jsonl") == []


def test_restoring_a_scene_without_blur_never_counts_as_a_gain() -> None:
    """It must stay as it is, whatever a network makes better of its noise; a blurred one counts as measured."""
    assert [example.gain for example in list_examples([SCENE], "blind")] == [0.5]
    assert [example.gain for example in list_examples([SHARP], "blind")] < [0.0]
    assert [example.gain for example in list_examples([SCENE, SHARP], "kernel")] == [3.0]


def test_figures_tell_gain_regret_and_what_became_worse() -> None:
    """Of a right choice, one that misses the better candidate, and a sharp scene that is left alone."""
    predictions = [
        _make_prediction(SCENE, kernel=2.0, blind=0.1),
        _make_prediction(SCENE, kernel=0.1, blind=0.9),
        _make_prediction(SHARP, blind=-0.5),
    ]
    figures = summarize(predictions, LIMITS)
    assert figures["gain"] == pytest.approx((3.0 + 0.5 + 0.0) / 3)
    assert figures["regret"] == pytest.approx((0.0 + 2.5 + 1.5) / 3)
    assert (figures["worse_share"], figures["sharp_kept"]) == (0.0, 1.0)
    assert [prediction.is_right(LIMITS) for prediction in predictions] == [True, False, True]


def test_a_kernel_that_promises_little_gains_what_the_mixture_with_the_blind_network_does() -> None:
    """Above that, what undoing it alone does, as where a row does not know the mixture."""
    kernel = replace(KERNEL, gains={"kernel": -1.0, "mixed": 0.75})
    row = replace(SCENE, kernels=(kernel,))
    little, much = (_make_prediction(row, kernel=promise).gain(LIMITS) for promise in (1.0, 4.0))
    assert (little, much, _make_prediction(SCENE, kernel=1.0).gain(LIMITS)) == (0.75, -1.0, 3.0)


def test_the_kernel_that_is_told_is_asked_before_one_that_is_searched() -> None:
    """Then what needs no kernel, by what is known of the first."""
    searched = KernelRow(SEARCHED, {**FACTS, "misfit": 0.0}, {"kernel": 5.0})
    row = replace(SCENE, kernels=(KERNEL, searched))
    leaf, zero = np.full((1, 1), -1, np.int16), np.zeros((1, 1), np.int16)
    tree = RegressionTrees(leaf, np.zeros((1, 1)), zero, zero, np.ones((1, 1), np.float32))
    trees = {"kernel": tree, "blind": tree}
    prediction = predict_scene(row, FittedTrees(("noise",), trees, trees))
    assert [(option.name, option.gains[option.name]) for option in prediction.options] == [
        ("kernel", 3.0),
        ("kernel", 5.0),
        ("blind", 0.5),
    ]
    assert row.best_gain == 5.0
    assert row.leading_facts == KERNEL.facts
    assert replace(row, told="none").leading_facts == FACTS


def test_the_threshold_is_the_lowest_that_leaves_sharp_scenes_alone() -> None:
    """With a lower one the sharp scene would be changed."""
    predictions = [_make_prediction(SCENE, kernel=2.0), *[_make_prediction(SHARP, blind=0.32)] * 3]
    assert choose_limits(predictions).threshold == pytest.approx(0.35)


def test_a_risk_of_a_worse_photo_costs_as_much_as_the_scenes_tell() -> None:
    """Where kernels that are likely to do harm promise as much as others, they are passed over."""
    harmful = replace(SCENE, kernels=(replace(KERNEL, gains={"kernel": -4.0}),))
    safe, risky = (
        ScenePrediction(row, (Option("kernel", 2.5, row.kernels[0].gains, FACTS, risk),))
        for row, risk in ((SCENE, 0.0), (harmful, 0.8))
    )
    limits = choose_limits([safe, safe, risky])
    assert safe.choice(limits) is not None
    assert risky.choice(limits) is None


def test_sure_is_what_the_network_is_sure_of_and_the_choice_agrees_with() -> None:
    """A blur that is not undone is unsure, however sure the network is."""
    told = replace(SCENE, kernels=(replace(KERNEL, facts={"trust": 0.9}),))
    searched = {"trust": 0.1, "search_confidence": 0.9, "p_shake": 0.6, "p_motion": 0.3, "contradicting": 0.25}
    searched |= {"reach": 3.0, "extent": 4.0}
    paths = [searched, searched | {"contradicting": 0.5}, searched | {"reach": 1.0}]
    sure = [
        _make_prediction(told, kernel=2.0),
        _make_prediction(told, kernel=0.1, blind=0.9),
        _make_prediction(SCENE, kernel=2.0),
        *(_make_prediction(replace(told, kernels=(replace(KERNEL, facts=facts),)), kernel=2.0) for facts in paths),
    ]
    assert [prediction.is_sure(LIMITS) for prediction in sure] == [True, False, False, True, False, False]


def test_expected_gains_are_compared_with_real_ones_in_bins() -> None:
    """The means of both, and how many candidates there are."""
    predictions = [_make_prediction(SCENE, kernel=2.0), _make_prediction(SCENE, kernel=2.5, blind=0.1)]
    assert bin_gains(predictions, (1.0,)) == [(pytest.approx(0.1), 0.5, 1), (pytest.approx(2.25), 3.0, 2)]


def test_without_its_library_the_fit_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program itself never needs it."""
    monkeypatch.setitem(__import__("sys").modules, "sklearn", None)
    with pytest.raises(DeblurError, match="scikit-learn"):
        gain_fit.fit_gains([SCENE])


def test_the_command_fits_scenes_that_are_there_and_tells_held_out_figures(tmp_path: Path) -> None:
    """The stored model tells what was learnt; tables and diagram are written beside each other."""
    pytest.importorskip("sklearn", reason="only the fit needs scikit-learn")
    for name, scenes in ((fit_expected_gain.ROWS, _scenes(200)), (fit_expected_gain.HELD_OUT_ROWS, _scenes(60))):
        (tmp_path / name).write_text("".join(json.dumps(asdict(scene)) + "\n" for scene in scenes))
    card, report = tmp_path / "model.json", tmp_path / "figures.md"
    assert main(["fit-expected-gain", str(tmp_path), "--out", str(card), "--report", str(report)]) == 0
    model = expected_gain.read_gain_model(card)
    assert model.expect("kernel", {"noise": -2.0, "misfit": 2.5, "p_sharp": 0.0, "trust": 0.5}) == pytest.approx(
        2.5, abs=0.7
    )
    assert model.expect("kernel", {"noise": -2.0, "misfit": -2.5, "p_sharp": 1.0, "trust": 0.5}) < 0.0
    assert "| mean regret, dB |" in report.read_text()
    assert report.with_suffix(".svg").read_text().startswith("<svg")
    before = card.read_bytes()
    assert main(["fit-expected-gain", str(tmp_path), "--out", str(card)]) == 2
    assert card.read_bytes() == before
