"""The quality benchmark judges all methods by the same pictures, and says so in figures, a table and a sheet."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
import scipy.io
import skimage.data
from PIL import Image
from scipy.ndimage import correlate

from benchmarks.quality import cases as quality_cases
from benchmarks.quality import large_pictures
from benchmarks.quality import report as quality_report
from benchmarks.quality import rows as quality_rows
from benchmarks.quality import run as quality_run
from benchmarks.quality import scores as quality_scores
from benchmarks.quality.cases import Case, Recipe
from benchmarks.quality.sheet import contact_sheet
from deblur_app.blur import degrade, models
from deblur_app.blur.kernel_files import files as kernel_files
from deblur_app.core import image_io
from deblur_app.core.picture import Picture, from_integer, to_uint8
from deblur_app.restoration.psf_estimation import kernel_fit

if TYPE_CHECKING:
    from pathlib import Path

_CHEAP = ("unsharp_mask", "skimage_wiener")


@pytest.fixture(scope="module")
def sharp(tmp_path_factory) -> Path:
    """A folder with one photograph of 144 × 144, of which 96 × 96 are kept."""
    folder = tmp_path_factory.mktemp("sharp")
    image_io.write(Picture(from_integer(skimage.data.astronaut()[20:164, 150:294])), folder / "face.png")
    return folder


@pytest.fixture(scope="module")
def run(sharp, tmp_path_factory):
    """Runs the benchmark on one blur; gives its results and the folder of its files."""

    def run(*more: str):
        out = tmp_path_factory.mktemp("out")
        methods = [word for name in _CHEAP for word in ("--method", name)]
        words = ["--sharp", sharp, "--blur", "defocus", "--processes", "1", "--no-cost", "--out", out, *methods, *more]
        return quality_run.main("", [str(word) for word in words]), out

    return run


@pytest.fixture(scope="module")
def first(run):
    """The results of one run."""
    return run()


def test_a_quick_run_writes_no_file(sharp, tmp_path, monkeypatch, capsys):
    """A glance at the figures must not replace the published table; only --out asks for files."""
    monkeypatch.chdir(tmp_path)
    methods = [word for name in _CHEAP for word in ("--method", name)]
    words = ["--quick", "--sharp", str(sharp), "--blur", "defocus", "--processes", "1", "--no-cost", *methods]
    quality_run.main("", words)
    assert list(tmp_path.iterdir()) == []
    assert "no file is written" in capsys.readouterr().out


def _values(results) -> dict[str, float]:
    return {name: figure.ours for name, figure in quality_report.figures(results).items()}


def test_doing_nothing_gains_nothing(first):
    """The row that all are compared with gains exactly 0."""
    values = _values(first[0])
    assert values["do_nothing.defocus.gain"] == values["do_nothing.defocus.gain_strong"] == 0


def test_figures_have_a_name_for_every_row_and_what_was_measured(first):
    """Programs find `<method>.<blur>.<figure>` for each row, with its unit."""
    by_name = quality_report.figures(first[0])
    keys = ("psnr", "ssim", "gain", "gain_strong")
    assert set(by_name) == {f"{row}.defocus.{key}" for row in ("do_nothing", *_CHEAP) for key in keys}
    assert by_name["do_nothing.defocus.gain"].unit == "dB"


def test_last_line_is_the_json_of_the_figures_and_equal_in_every_run(run, first, capsys):
    """Whoever reads the last line gets the figures, and the same ones again with the same seed."""
    run()
    printed = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert printed["benchmark"] == "quality"
    assert {name: figure["ours"] for name, figure in printed["figures"].items()} == {
        name: round(value, 4) for name, value in _values(first[0]).items()
    }


def test_table_has_every_row_and_no_folder(first, sharp):
    """The table names each row in the overview and under its blur, marks oracles, and keeps paths to itself."""
    text = (first[1] / "quality.md").read_text(encoding="utf-8")
    for row in first[0].rows:
        label = f"{row.label}, oracle" if row.is_oracle else row.label
        assert text.count(f"| {label} |") == 2
    assert str(sharp) not in text
    assert str(first[1]) not in text


def test_sheet_shows_input_truth_and_rows(first):
    """The sheet is a PNG with a crop of each column."""
    with Image.open(io.BytesIO(contact_sheet(first[0]))) as image:
        assert image.format == "PNG"
        assert image.width > 4 * 96


def test_another_seed_gives_other_figures(run, first):
    """Chance is the seed's: noise and paths are others."""
    assert _values(run("--seed", "1")[0]) != _values(first[0])


@pytest.mark.parametrize("name", ["skimage_wiener", "skimage_unsupervised_wiener", "skimage_richardson_lucy"])
def test_peers_undo_a_small_blur_without_noise(name, sharp):
    """With the true kernel and no noise every peer gains: kernels, channels, light and frame are right."""
    truth = image_io.read(sharp / "face.png").pixels
    kernel = models.defocus(1.5)
    case = Case(degrade.blur(truth, kernel), truth, kernel)
    (row,) = (row for row in quality_rows.rows([name]) if row.name == name)
    restored = row.restore(case, quality_rows.best_setting(row, case))
    assert restored.shape == truth.shape
    assert quality_rows.quality(case, restored).psnr > quality_rows.quality(case, case.blurred).psnr + 2


def test_richardson_lucy_survives_black_regions():
    """A night sky gives numbers, not NaN."""
    truth = np.zeros((96, 96, 3), np.float32)
    truth[40:50, 40:50] = 1.0
    kernel = models.motion(21, 30)
    case = Case(from_integer(to_uint8(degrade.blur(truth, kernel))), truth, kernel)
    (row,) = (row for row in quality_rows.rows() if row.name == "skimage_richardson_lucy")
    assert np.isfinite(row.restore(case, (100.0,))).all()


@pytest.mark.parametrize("blur", quality_cases.BLURS)
def test_every_blur_and_strength_is_made_and_stronger_is_worse(blur, sharp):
    """The three strengths of each blur leave less and less of the picture."""
    recipes = [Recipe(sharp / "face.png", blur, strength) for strength in quality_cases.STRENGTHS]
    cases = [quality_cases.make(recipe) for recipe in recipes]
    scores = [quality_rows.quality(case, case.blurred).psnr for case in cases]
    assert cases[0].truth.shape == (96, 96, 3)
    assert scores == sorted(scores, reverse=True)


def test_a_blur_that_varies_has_a_true_field_whose_middle_is_the_kernel(sharp):
    """The rows that use it are left out of the table unless they are named."""
    case = quality_cases.make(Recipe(sharp / "face.png", "shake-varying", "mild"))
    assert case.field is not None
    middle = case.field.at(47.5, 47.5)
    assert kernel_fit.similarity(middle, case.kernel) > 0.9
    assert quality_cases.make(Recipe(sharp / "face.png", "shake", "mild")).field is None
    assert "restorer-true-field" not in [row.name for row in quality_rows.rows()]
    named = quality_rows.rows(["restorer-true-field", "restorer-field"])
    assert [row.name for row in named] == ["do_nothing", "restorer-true-field", "restorer-field"]


def test_shifted_pictures_are_scored_where_they_fit():
    """A picture that is off by three pixels scores as if it were not."""
    truth = from_integer(skimage.data.astronaut()[:96, :96])
    moved = quality_rows.align_by_shift(truth, np.roll(truth, (3, -2), axis=(0, 1)))
    assert np.abs(truth - moved)[16:-16, 16:-16].max() < 1e-6


def test_kernels_of_levins_files_are_turned_to_point_spread_functions(tmp_path):
    """Their pairs are correlated with the kernel they hold; read right, it undoes their blur."""
    scene = skimage.data.astronaut()[:128, 128:256].mean(axis=2) / 255
    kernel = np.zeros((9, 9))
    kernel[1, 1:5], kernel[1:7, 5] = 1, 2
    blurred = correlate(scene, kernel / kernel.sum(), mode="reflect")
    scipy.io.savemat(tmp_path / "pair.mat", {"x": scene, "y": blurred, "f": kernel})
    case = quality_cases.make(Recipe(tmp_path / "pair.mat", quality_cases.LEVIN, quality_cases.REAL))
    (row,) = (row for row in quality_rows.rows() if row.name == "skimage_richardson_lucy")
    restored = row.restore(case, (40.0,))
    assert quality_rows.quality(case, restored).psnr > quality_rows.quality(case, case.blurred).psnr + 3


def test_methods_that_find_the_kernel_have_an_error_ratio(tmp_path, monkeypatch):
    """It is 1 with the true kernel and far above with none; a row that looks for no kernel has none."""
    sharp = from_integer(skimage.data.camera()[100:355, 150:405])
    kernel = models.motion(9.0, 20.0)
    blurred = correlate(sharp, kernel[::-1, ::-1], mode="nearest")
    scipy.io.savemat(tmp_path / "pair.mat", {"x": sharp, "y": blurred, "f": kernel[::-1, ::-1]})
    recipe = Recipe(tmp_path / "pair.mat", quality_cases.LEVIN, quality_cases.REAL)
    result = {"right": lambda case: case.kernel, "none": lambda _: np.ones((1, 1), np.float32), "deaf": None}
    rows = [
        quality_rows.Row(name, name, lambda case, _: case.blurred, estimate_kernel=how) for name, how in result.items()
    ]
    monkeypatch.setattr(quality_scores, "rows", lambda _: rows)
    scores = {score.row: score for score in quality_scores.score(recipe, {}, None, ()).scores}
    assert scores["right"].error_ratio == pytest.approx(1.0, abs=0.01)
    assert scores["none"].error_ratio > 10
    assert scores["deaf"].error_ratio is None
    outcome = quality_scores.Outcome(quality_cases.LEVIN, tuple(scores.values()))
    nothing = replace(scores["deaf"], row=quality_rows.DO_NOTHING)
    outcome = replace(outcome, scores=(nothing, *outcome.scores))
    by_name = quality_report.figures(quality_report.Results(rows, [outcome], [], "", 0, 0, 0, 1.0))
    assert by_name["right.levin.error_ratio_2"].ours == 1
    assert by_name["none.levin.error_ratio_3"].ours == 0
    assert "deaf.levin.error_ratio_median" not in by_name


def test_own_kernels_replace_the_made_blurs(sharp, tmp_path):
    """`--kernels` blurs with the kernels of a folder and nothing else."""
    kernel_files.write_kernel(models.motion(5, 20), tmp_path / "one.npy")
    result = quality_cases.recipes([sharp / "face.png"], kernels=[tmp_path / "one.npy"], levin=[], crop=0, seed=0)
    outcome = quality_scores.score(result[0], {}, ["skimage_wiener"], ())
    assert [recipe.blur for recipe in result] == ["kernels"]
    assert outcome.scores[1].psnr > outcome.scores[0].psnr


def test_cost_counts_time_and_memory(sharp):
    """A row's cost has seconds per megapixel above 0 and no negative memory."""
    costs = quality_scores.cost(
        [Recipe(sharp / "face.png", "defocus", "medium")], "skimage_wiener", {"defocus": (0.1,)}
    )
    assert costs[0].seconds_per_megapixel > 0
    assert costs[0].peak_mb >= 0


def test_unknown_method_is_named_with_those_there_are():
    """A typing error ends with the names to choose from."""
    with pytest.raises(SystemExit, match="skimage_wiener"):
        quality_rows.rows(["winer"])


def test_scores_of_peers_are_kept_for_the_next_run(run, first, tmp_path, monkeypatch):
    """A run with the file of another measures only the shown case again, passes a half-written line, says the same."""
    store_file = tmp_path / "kept.jsonl"
    run("--keep", store_file)
    with store_file.open("a") as file:
        file.write('["half')
    restored = []
    original = quality_rows.best_setting
    monkeypatch.setattr(quality_scores, "best_setting", lambda *given: restored.append(given) or original(*given))
    assert _values(run("--keep", store_file)[0]) == _values(first[0])
    assert len(restored) == 2  # two rows of the one case that the sheet shows


def test_large_shakes_are_made_of_pictures_that_are_large_enough(tmp_path):
    """Each picture under both extents; 0.7 megapixels are left, and a third of them is text."""
    pictures = large_pictures.write_large_pictures(tmp_path)
    recipes = quality_cases.list_large_recipes(pictures, crop=0, seed=0)
    assert len(recipes) == 2 * len(pictures)
    largest = quality_cases.make(recipes[-1])
    assert largest.blurred.shape[0] * largest.blurred.shape[1] >= 700_000
    assert len(largest.kernel) >= 45
    assert sum("page" in path.name for path in pictures) * 3 == len(pictures)
