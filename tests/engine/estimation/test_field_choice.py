"""A field of kernels is taken where the photo tells that its camera turned, and one kernel otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from deblur_app.blur import blur_posterior
from deblur_app.blur.kernel_arrays import normalize
from deblur_app.blur.kinds import Blur
from deblur_app.core.errors import UnmeasurableBlurError
from deblur_app.core.task import Progress, run_to_end
from deblur_app.engine.estimation import field_choice, shake
from deblur_app.engine.estimation.diagnosis import VARIES, Diagnosis
from deblur_app.engine.estimation.psf_estimate import PsfEstimate, is_sure
from deblur_app.engine.estimation.shake import ShakeKernel
from deblur_app.restoration.psf_estimation.camera_motion import motion
from deblur_app.restoration.psf_estimation.camera_motion.motion import CameraMotion
from deblur_app.restoration.psf_estimation.kernel_fit import similarity
from deblur_app.restoration.psf_estimation.search.blind import Estimate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from deblur_app.blur.camera_poses import CameraPoses
    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.core.picture import Pixels

LIGHT = np.zeros((200, 240, 3), np.float32)
SHAKE = Blur("shake", {"extent": 9.0, "seed": 5}).kernel()


def diagnose(varies: float) -> Diagnosis:
    """Return a diagnosis with this probability of a blur that varies."""
    shares = dict.fromkeys(blur_posterior.TYPES, 0.0) | {"shake": 1.0 - varies, VARIES: varies}
    return Diagnosis("shake", None, shares, 0.0, 9.0)


def let_camera(monkeypatch: pytest.MonkeyPatch, *, variation: float, confidence: float, turned: bool = True) -> None:
    """Let the photo tell a movement of the camera."""
    poses: CameraPoses | None = Blur("shake-varying", {"extent": 9.0, "seed": 3}).poses(LIGHT.shape)
    assert poses
    still = poses if turned else poses.take(np.array([0])).centred()

    def stand_in(_light: object, **_: object):
        yield Progress(0.5)
        return CameraMotion(still, 0.9, variation, confidence, still.field(lambda _x, _y: confidence))

    monkeypatch.setattr(motion, "estimate_motion", stand_in)


def find(confidence: float, varies: float = 0.0) -> PsfEstimate | None:
    """Look for a field, beginning with a kernel of this confidence."""
    return run_to_end(field_choice.find_field(LIGHT, diagnose(varies), PsfEstimate(SHAKE, None, confidence)))


def test_a_turned_camera_gives_a_field(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where one kernel is unsure, and the movement explains most of what it leaves."""
    let_camera(monkeypatch, variation=0.7, confidence=0.5)
    found = find(confidence=0.2)
    assert found is not None
    assert found.psf is not None
    assert found.psf.field is not None
    assert found.label.startswith("The camera turned, ")
    assert found.confidence == 0.5


def test_a_sure_kernel_is_not_asked_for_a_field_unless_the_network_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """To follow a movement takes long, and a kernel that all edges bear out is right."""
    let_camera(monkeypatch, variation=0.7, confidence=0.5)
    assert find(confidence=0.9) is None
    assert find(confidence=0.9, varies=0.4) is not None


@pytest.mark.parametrize(("variation", "confidence", "turned"), [(0.2, 0.5, True), (0.7, 0.1, True), (0.7, 0.5, False)])
def test_one_kernel_stays_where_a_field_does_no_better(
    monkeypatch: pytest.MonkeyPatch, variation: float, confidence: float, turned: bool
) -> None:
    """Because it explains as much, or the movement explains too little, or did not turn the camera."""
    let_camera(monkeypatch, variation=variation, confidence=confidence, turned=turned)
    assert find(confidence=0.2) is None


def test_a_photo_that_is_too_even_keeps_its_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its movement cannot be measured, which is no error here."""

    def fail(_light: object, **_: object):
        yield Progress(0.5)
        raise UnmeasurableBlurError("Too even.")

    monkeypatch.setattr(motion, "estimate_motion", fail)
    assert find(confidence=0.2) is None


def test_a_kernel_of_the_reduced_photo_is_not_asked_for_a_field(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its finest detail has been processed by a camera, and no movement explains that."""
    let_camera(monkeypatch, variation=0.7, confidence=0.5)
    estimate = PsfEstimate(SHAKE, None, 0.2, is_processed=True, reduction=2)
    assert run_to_end(field_choice.find_field(LIGHT, diagnose(0.4), estimate)) is None


def test_a_kernel_that_is_believed_yields_to_a_field_that_explains_much_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is not believed yields sooner: the other way would be to undo no kernel at all."""
    let_camera(monkeypatch, variation=0.4, confidence=0.5)
    assert find(confidence=0.5) is None
    assert find(confidence=0.2) is not None


@pytest.mark.parametrize(
    ("confidence", "varies", "asked"), [(0.5, 0.5, [True, False]), (0.5, 0.3, [True]), (0.9, 0.5, [True])]
)
def test_nine_parts_are_asked_where_one_kernel_leads_to_no_field(
    monkeypatch: pytest.MonkeyPatch, confidence: float, varies: float, asked: list[bool]
) -> None:
    """Where it is not sure and the network tells a blur that varies: it takes a minute."""
    let_camera(monkeypatch, variation=0.2, confidence=0.5)
    stand_in, seen = motion.estimate_motion, []

    def watch(light: Pixels, **options: Any) -> Any:
        seen.append(options["kernel"] is not None)
        return stand_in(light, **options)

    monkeypatch.setattr(motion, "estimate_motion", watch)
    assert find(confidence=confidence, varies=varies) is None
    assert seen == asked


LARGE = np.zeros((1400, 1900, 3), np.float32)
ALL = (slice(None), slice(None))
TURNED = Blur("motion", {"length": 15.0, "angle": 80.0}).kernel()


def let_parts(
    monkeypatch: pytest.MonkeyPatch, tell: Callable[[int], tuple[Kernel, float, int]]
) -> list[tuple[int, ...]]:
    """Let each part that is searched, by its number, tell a kernel, its confidence and its reduction; return shapes."""
    asked: list[tuple[int, ...]] = []

    def stand_in(part: Pixels, extent: float | None) -> Iterator[Progress]:
        del extent
        kernel, confidence, reduction = tell(len(asked))
        asked.append(part.shape)
        yield Progress(0.5)
        return ShakeKernel(Estimate(kernel, confidence, ALL, len(kernel), reduction), ())

    monkeypatch.setattr(shake, "search_shake", stand_in)
    return asked


def ask(light: Pixels = LARGE, confidence: float = 0.9) -> PsfEstimate:
    """Ask the parts of a photo with a kernel that was found at half its size."""
    return run_to_end(
        field_choice.search_parts(light, diagnose(0.1), PsfEstimate(SHAKE, None, confidence, reduction=2))
    )


def test_corners_with_one_kernel_give_their_mean(monkeypatch: pytest.MonkeyPatch) -> None:
    """Errors of the search differ from part to part, and the mean has less of them."""
    errors = np.random.default_rng(3).uniform(0.0, 0.03 * SHAKE.max(), (3, *SHAKE.shape)).astype(np.float32)
    asked = let_parts(monkeypatch, lambda number: (normalize(SHAKE + errors[number % 3]), 0.9, 2))
    found = ask()
    assert len(asked) == 3
    assert found.psf is not None
    assert found.psf.uniform is not None
    assert found.confidence == 0.9
    assert found.reduction == 2
    assert similarity(found.psf.uniform, SHAKE) > max(similarity(normalize(SHAKE + error), SHAKE) for error in errors)


def test_corners_that_differ_give_a_kernel_for_each_part(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are undone at the size at which they were found, and nobody is told “sure”."""
    asked = let_parts(monkeypatch, lambda _number: (TURNED, 0.9, 2))
    found = ask()
    assert len(asked) == 1 + 4
    assert found.psf is not None
    assert found.psf.grid is not None
    assert (found.psf.grid.rows, found.psf.grid.columns) == (2, 2)
    assert found.reduction == 2
    assert found.may_vary
    assert not is_sure(found.confidence)


@pytest.mark.parametrize("told", [(TURNED, 0.2, 2), (TURNED, 0.9, 4)])
def test_parts_that_tell_nothing_leave_the_kernel_as_it_is(
    monkeypatch: pytest.MonkeyPatch, told: tuple[Kernel, float, int]
) -> None:
    """Because their kernels are unsure, or were found at another size."""
    let_parts(monkeypatch, lambda _number: told)
    found = ask()
    assert found.psf is not None
    assert found.psf.uniform is SHAKE


def test_a_huge_photo_keeps_one_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    """Kernels for all of its parts would take too much memory."""
    let_parts(monkeypatch, lambda _number: (TURNED, 0.9, 2))
    monkeypatch.setattr(field_choice, "_MOST_PIXELS", 2_000_000)
    assert ask().kernels is SHAKE


def test_a_small_photo_has_no_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its parts would tell less than all of it."""
    asked = let_parts(monkeypatch, lambda _number: (TURNED, 0.9, 2))
    assert ask(LARGE[:1200]).kernels is SHAKE
    assert not asked
