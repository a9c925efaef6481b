"""The way of a photo: open, deblur, compare, save."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from skimage.data import astronaut

from deblur_app.blur import degrade, models
from deblur_app.blur.psf import Psf
from deblur_app.core import image_io, metrics
from deblur_app.core.errors import DeblurError
from deblur_app.core.parameter import Parameter
from deblur_app.core.picture import Picture, from_integer, resize_pixels
from deblur_app.core.task import Progress, run_to_end
from deblur_app.engine import psf_tasks, tasks
from deblur_app.engine.estimation.psf_estimate import BlurEstimated, PsfEstimate
from deblur_app.engine.method import Method, MethodResult, Request
from deblur_app.engine.methods import registry

if TYPE_CHECKING:
    from pathlib import Path

    from deblur_app.core.picture import Pixels
    from deblur_app.core.task import Task
    from deblur_app.engine.method import Context
    from tests.conftest import MethodTable


@pytest.fixture
def request_(tiny_card: Path) -> Request:
    """The autoencoder with the tiny model, on the processor."""
    return Request("autoencoder", {"model": str(tiny_card), "overlap": "8"}, "cpu")


@pytest.fixture
def brighten(method_table: MethodTable) -> Request:
    """A method that adds a number to each pixel, whatever comes out."""

    def run(context: Context, *, amount: float) -> Task[Pixels]:
        yield Progress(0.5, "Brightening")
        return context.pixels + np.float32(amount)

    amount = Parameter("amount", "Amount", "How much.", 0.04, minimum=-1e9, maximum=1e9)
    method_table.put(Method("brighten", "Brighten", "Adds.", (amount,), run))
    return Request("brighten", device="cpu")


@pytest.fixture
def never_run(brighten: Request, method_table: MethodTable) -> Request:
    """A method that must not be run."""

    def run(*_: object, **__: object) -> None:
        raise AssertionError("the method was run")

    method_table.put(replace(registry.find("brighten"), run=run))
    return brighten


def test_opening_gives_the_picture(photo):
    """The task returns the picture that `image_io` reads."""
    picture = run_to_end(tasks.open_picture(photo))
    assert picture.path == photo
    assert picture.size_text == "80 × 60"


def test_deblurring_keeps_what_the_file_said(photo, request_):
    """Size, depth, transparency, EXIF and profile of the photo stay with the result; values are filled in."""
    alpha = np.full((60, 80), 0.5, np.float32)
    picture = replace(image_io.read(photo), bit_depth=16, alpha=alpha, exif=b"exif", icc=b"icc")
    restored = run_to_end(tasks.deblur(picture, request_))
    result = restored.picture
    assert (result.size_text, result.bit_depth, result.exif, result.icc) == ("80 × 60", 16, b"exif", b"icc")
    assert result.alpha is alpha
    assert not np.array_equal(result.pixels, picture.pixels)
    assert restored.request.values == {"area": "tiles", "overlap": 8, "model": request_.values["model"]}
    assert restored.request.device == "cpu"
    assert restored.device.startswith("CPU")
    assert restored.seconds > 0
    assert restored.note == ""


def test_a_device_that_is_not_there_is_noted(photo, brighten):
    """The work is done on the processor, and the result says so."""
    restored = run_to_end(tasks.deblur(image_io.read(photo), replace(brighten, device="gpu:9")))
    assert "no device “gpu:9”" in restored.note
    assert restored.request.device == "cpu"


def test_notes_of_reading_device_and_method_stand_side_by_side(scene, brighten, method_table):
    """None takes the place of another."""

    def run(context: Context, *, amount: float) -> Task[MethodResult]:
        yield Progress(0.0)
        return MethodResult(context.pixels, "The method says this.")

    method_table.put(replace(registry.find("brighten"), run=run))
    picture = Picture(scene, note="The file has 5 pages.")
    note = run_to_end(tasks.deblur(picture, replace(brighten, device="gpu:9"))).note
    for words in ("The file has 5 pages.", "no device “gpu:9”", "The method says this."):
        assert words in note


def test_overshoot_is_clipped(scene, brighten):
    """A method may leave [0, 1]; a picture does not."""
    result = run_to_end(tasks.deblur(Picture(scene), brighten)).picture.pixels
    np.testing.assert_array_equal(result, np.clip(scene + np.float32(0.04), 0, 1))


def test_a_result_that_is_no_picture_is_not_used(scene, brighten, method_table):
    """NaN and infinity are told as what they are and never saved as black: the photo is left as it is."""

    def run(context: Context, *, amount: float) -> Task[Pixels]:
        yield Progress(0.0)
        return np.full_like(context.pixels, np.nan)

    method_table.put(replace(registry.find("brighten"), run=run))
    restored = run_to_end(tasks.deblur(Picture(scene), brighten))
    assert restored.picture.pixels is scene
    assert restored.rejected is None
    expected = "The result has values that are no numbers, so it was not used. The photo is left unchanged."
    assert restored.note == expected


def test_a_result_that_fails_its_check_is_kept_aside(scene, brighten):
    """The photo is delivered, the note says why, and what the method gave can still be shown."""
    much = replace(brighten, values={"amount": "0.5"})
    restored = run_to_end(tasks.deblur(Picture(scene), much))
    assert restored.picture.pixels is scene
    assert restored.note.startswith("The result has wrong colours, so it was not used.")
    assert restored.rejected is not None
    np.testing.assert_array_equal(restored.rejected.pixels, np.clip(scene + np.float32(0.5), 0, 1))


def test_a_check_can_be_left_out(scene, brighten):
    """The result comes as it is where that is asked for."""
    much = replace(brighten, values={"amount": "0.5"}, is_checked=False)
    restored = run_to_end(tasks.deblur(Picture(scene), much))
    np.testing.assert_array_equal(restored.picture.pixels, np.clip(scene + np.float32(0.5), 0, 1))
    assert (restored.note, restored.rejected) == ("", None)


def test_a_ruined_result_gives_way_to_a_gentler_one(monkeypatch):
    """First more smoothing, then the network that needs no PSF; the request says how the result was made."""
    sharp = from_integer(astronaut()[:256, 100:356])
    photo = Picture(degrade.blur(sharp, models.motion(9, 20)))
    rough = Request("wiener", {"smoothing": -4.0}, "cpu", psf=Psf(models.motion(45, 80)))
    restored = run_to_end(tasks.deblur(photo, rough))
    assert restored.rejected is not None
    assert metrics.psnr(sharp, restored.rejected.pixels) < metrics.psnr(sharp, photo.pixels) - 3
    assert metrics.psnr(sharp, restored.picture.pixels) > metrics.psnr(sharp, photo.pixels) - 1
    assert "so it was not used. It is restored" in restored.note
    assert restored.request.method == "restorer-blind" or float(restored.request.values["smoothing"]) > -4.0


@pytest.mark.parametrize("wrong", [Request("magic"), Request("autoencoder", {"overlap": 1000})])
def test_a_wrong_request_is_refused_before_any_work(scene, wrong):
    """The first step of the task already says so."""
    with pytest.raises(DeblurError):
        next(tasks.deblur(Picture(scene), wrong))


def test_figures_of_result_and_of_doing_nothing(scene, photo, truth):
    """Both are measured against one truth; the truth itself is perfect."""
    blurred, sharp = image_io.read(photo), image_io.read(truth)
    comparison = run_to_end(tasks.compare(blurred, sharp, sharp))
    assert comparison.result.accuracy == 1.0
    assert comparison.do_nothing == metrics.measure(sharp.pixels, blurred.pixels)
    assert comparison.do_nothing == run_to_end(tasks.measure(sharp, blurred))


def test_a_result_of_another_size_is_compared_at_its_own(photo, truth):
    """The paper's network gives a small square: truth and photo are brought to its size."""
    blurred, sharp = image_io.read(photo), image_io.read(truth)
    small = Picture(resize_pixels(sharp.pixels, 16, 16))
    comparison = run_to_end(tasks.compare(blurred, sharp, small))
    assert comparison.result.psnr > 100
    assert comparison.do_nothing == metrics.measure(small.pixels, resize_pixels(blurred.pixels, 16, 16))


def test_a_truth_of_another_size_is_refused(photo, scene):
    """Figures of two pictures that do not match would mean nothing."""
    blurred, other = image_io.read(photo), Picture(scene[:, :40])
    for task in (tasks.compare(blurred, other, blurred), tasks.measure(other, blurred)):
        with pytest.raises(DeblurError, match="The ground truth is 40 × 60 pixels and the picture 80 × 60"):
            run_to_end(task)


def test_one_file_from_start_to_end(tmp_path, photo, truth, brighten):
    """Opened, restored, compared and saved, with progress that only grows."""
    target = tmp_path / "result.png"
    fractions = []

    def record_progress() -> Task[tuple[tasks.Restored, tasks.Comparison | None]]:
        task = tasks.restore_file(photo, brighten, target, truth)
        while True:
            try:
                progress = next(task)
            except StopIteration as end:
                return end.value
            fractions.append(progress.fraction)
            yield progress

    restored, comparison = run_to_end(record_progress())
    np.testing.assert_allclose(image_io.read(target).pixels, restored.picture.pixels, atol=0.5 / 255 + 1e-6)
    assert comparison is not None
    assert fractions == sorted(fractions)
    assert 0 <= fractions[0] <= fractions[-1] <= 1


def test_the_target_may_depend_on_the_picture(tmp_path, photo, brighten):
    """A function is asked once the picture is open."""
    run_to_end(tasks.restore_file(photo, brighten, lambda picture: tmp_path / f"{picture.width}.png"))
    assert (tmp_path / "80.png").exists()


@pytest.mark.parametrize(
    "problem", ["target is the original", "unknown ending", "truth of another size", "missing truth"]
)
def test_what_cannot_end_well_does_not_begin(photo, scene, never_run, problem):
    """The method is not run for a result that could not be saved or compared, and nothing is written."""
    tmp_path = photo.parent
    target, truth = tmp_path / "out.png", None
    match problem:
        case "target is the original":
            target = photo
        case "unknown ending":
            target = tmp_path / "out.xyz"
        case "truth of another size":
            truth = tmp_path / "half.png"
            image_io.write(Picture(scene[:30]), truth)
        case "missing truth":
            truth = tmp_path / "missing.png"
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(DeblurError):
        run_to_end(tasks.restore_file(photo, never_run, target, truth))
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_saving_is_a_task_that_returns_the_place(tmp_path, scene):
    """The window shows it as the new name."""
    assert run_to_end(tasks.save_picture(Picture(scene), tmp_path / "a.png")) == tmp_path / "a.png"
    assert image_io.read(tmp_path / "a.png").size_text == "80 × 60"


def test_what_a_camera_has_processed_is_held_smoother(monkeypatch, scene):
    """The smoothing is raised, and the user is told where the blur showed only in the reduced photo."""
    result = PsfEstimate(models.motion(5, 0), None, 0.9, is_processed=True)

    def estimate(*_: object) -> Task[PsfEstimate]:
        yield Progress(0.0)
        return result

    monkeypatch.setattr(psf_tasks, "estimate", estimate)
    restored = run_to_end(tasks.deblur(Picture(scene), Request("wiener", {"smoothing": 0.5})))
    assert restored.request.values["smoothing"] == 3.5
    assert "smoother than usual" in restored.note
    restored = run_to_end(tasks.deblur(Picture(scene), Request("wiener", {"smoothing": 0.5}, psf=result.psf)))
    assert restored.request.values["smoothing"] == 0.5
    assert restored.note == ""


def test_the_blur_is_told_before_the_photo_is_restored(monkeypatch, scene):
    """What is estimated can be looked at while the rest takes its time; a PSF that was given is no news."""
    result = PsfEstimate(models.motion(5, 0), None, 0.9)

    def estimate(*_: object) -> Task[PsfEstimate]:
        yield Progress(0.0, "Searching")
        return result

    monkeypatch.setattr(psf_tasks, "estimate", estimate)
    told = list(tasks.deblur(Picture(scene), Request("wiener")))
    (known,) = (place for place, progress in enumerate(told) if isinstance(progress, BlurEstimated))
    assert told[known].estimate.confidence == 0.9
    stages = {progress.stage for progress in told[:known]}
    assert "Estimating the blur" in stages
    assert "Searching" not in stages
    assert known < len(told) - 1
    given = list(tasks.deblur(Picture(scene), Request("wiener", psf=result.psf)))
    assert not any(isinstance(progress, BlurEstimated) for progress in given)
