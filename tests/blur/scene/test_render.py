"""Scenes: what falls on the sensor, its truth, and the true blur."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deblur_app.blur import degrade
from deblur_app.blur.scene.draw import SHARES, SceneRanges, draw_scene
from deblur_app.blur.scene.render import make_scene
from deblur_app.blur.scene.settings import SceneSettings
from deblur_app.core.colour import linear_to_srgb, srgb_to_linear
from deblur_app.core.errors import DeblurError
from deblur_app.core.task import run_to_end

SMALL = SceneRanges(extent=(3.0, 8.0), radius=(1.0, 4.0), sigma=(0.8, 2.0), moving_extent=(3.0, 8.0))
SHAKEN = SceneSettings(extent=9.0, roll=0.5, zoom=0.3, shift=0.4, tilt=0.3, relief=0.3, seed=3)


def picture(height=48, width=64, seed=0):
    """Return a picture with smooth parts and edges."""
    random = np.random.default_rng(seed)
    blocks = np.kron(random.random((height // 8, width // 8, 3)), np.ones((8, 8, 1)))
    return (0.8 * blocks + 0.1).astype(np.float32)


def disc():
    """Return a cut-out: a white disc, RGBA."""
    y, x = np.mgrid[-1:1:24j, -1:1:24j]
    alpha = (np.hypot(x, y) < 0.9).astype(np.float32)[..., None]
    return np.concatenate([np.ones((24, 24, 3), np.float32), alpha], axis=2)


def scene_of(pixels, scene_settings, cutouts=()):
    """Return the scene that a photograph becomes."""
    return run_to_end(make_scene(pixels, scene_settings, cutouts))


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000), kind=st.sampled_from(sorted(SHARES)))
def test_equal_settings_give_equal_scenes_of_valid_light(seed, kind):
    """Equal settings give equal scenes of valid light."""
    _, values = draw_scene(np.random.default_rng(seed), (48, 64), SceneRanges(**{**vars(SMALL), "shares": {kind: 1.0}}))

    one, other = (scene_of(picture(), values, [disc()]) for _ in range(2))

    assert np.array_equal(one.light, other.light)
    assert np.array_equal(one.truth, other.truth)
    assert one.light.dtype == np.float32
    assert one.light.min() >= -1e-6
    assert one.light.max() <= 1.0 + 1e-5
    assert np.isfinite(one.light).all()


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_blur_keeps_the_mean_brightness(seed):
    """Blur keeps the mean brightness of a scene where nothing moves before something else."""
    ranges = replace(SMALL, shares={kind: share for kind, share in SHARES.items() if kind != "varies"})
    border = 24  # what leaves the frame and what comes in is alike there
    pixels = np.full((64 + 2 * border, 64 + 2 * border, 3), 0.4, np.float32)
    pixels[border:-border, border:-border] = picture(64, 64, seed)
    _, values = draw_scene(np.random.default_rng(seed), (64, 64), ranges)

    scene = scene_of(pixels, values)

    assert scene.light.mean() == pytest.approx(scene.truth.mean(), rel=0.01)


@pytest.mark.parametrize("kind", ["none", "enlarged"])
def test_a_scene_that_is_not_blurred_is_the_photograph(kind):
    """A scene that is not blurred is the photograph."""
    _, values = draw_scene(np.random.default_rng(1), (48, 64), SceneRanges(shares={kind: 1.0}))

    scene = scene_of(picture(), values)

    assert np.array_equal(scene.light, srgb_to_linear(picture()))
    assert np.array_equal(scene.truth, scene.light)
    assert scene.blur.type == "none"
    assert scene.blur.size == 0.0


def test_a_shift_along_a_line_is_the_blur_of_a_motion_kernel():
    """A shift along a line is the blur of a motion kernel."""
    scene = scene_of(picture(), SceneSettings(extent=9.0, is_straight=True, angle=30.0, shift=1.0))
    kernel = scene.blur.places[0].kernel()

    expected = degrade.blur(picture(), kernel)

    assert np.abs(linear_to_srgb(scene.light) - expected).max() < 1e-4
    assert scene.blur.type == "motion"
    assert scene.blur.size == pytest.approx(9.0)
    assert scene.blur.angle == pytest.approx(30.0)


def test_a_mean_of_moments_is_the_same_line_as_a_kernel():
    """A mean of moments is the same line as a kernel."""
    settings_of_line = SceneSettings(extent=9.0, is_straight=True, shift=1.0)
    by_kernel = scene_of(picture(), settings_of_line)
    by_moments = scene_of(picture(), SceneSettings(extent=9.0, is_straight=True, shift=1.0, zoom=1e-6))

    inside = np.s_[:, 8:-8]  # the mirrored border is another half a pixel there
    assert np.abs(by_kernel.light[inside] - by_moments.light[inside]).mean() < 0.004


def test_the_truth_is_the_middle_of_the_exposure():
    """The truth is the middle of the exposure."""
    scene = scene_of(picture(), SHAKEN, [disc()])
    middle = len(scene.blur.places[0].x) // 2

    assert all(place.x[middle] == place.y[middle] == 0.0 for place in scene.blur.places)
    assert np.array_equal(scene.truth, srgb_to_linear(picture()))


def test_a_moving_thing_is_blurred_and_the_rest_is_not():
    """A moving thing is blurred and the rest is not."""
    scene = scene_of(picture(96, 128), SceneSettings(moving=1, moving_extent=12.0, seed=2), [disc()])
    is_changed = np.abs(scene.light - scene.truth).max(axis=2) > 1e-3

    assert 0.005 < is_changed.mean() < 0.9
    assert scene.blur.type == "varies"
    assert scene.blur.size > 2.0


def test_defocus_by_depth_differs_over_the_frame():
    """Defocus by depth differs over the frame."""
    scene = scene_of(picture(), SceneSettings(defocus=5.0, has_focus_plane=True, tilt=0.5))
    radii = {round(place.radius, 3) for place in scene.blur.places}

    assert len(radii) > 5
    assert max(radii) <= 5.0
    assert scene.blur.type == "varies"


@pytest.mark.parametrize(
    ("scene_settings", "kind", "size"),
    [
        (SceneSettings(extent=9.0, shift=1.0), "shake", 9.0),
        (SceneSettings(defocus=4.0), "defocus", 4.0),
        (SceneSettings(sigma=1.5), "turbulence", 1.5),
        (SHAKEN, "varies", None),
    ],
)
def test_the_description_names_type_and_size(scene_settings, kind, size):
    """The description names type and size."""
    blur = scene_of(picture(), scene_settings).blur

    assert blur.type == kind
    if size:
        assert blur.size == pytest.approx(size, rel=1e-3)
    assert np.allclose(blur.kernels().sum(axis=(2, 3)), 1.0, atol=1e-4)
    assert blur.kernels().shape[2] % 2 == 1


def test_a_highlight_draws_a_streak_that_clips():
    """A highlight draws a streak that clips."""
    pixels = np.full((48, 64, 3), 0.1, np.float32)
    pixels[24, 32] = 1.0
    scene = scene_of(pixels, SceneSettings(extent=9.0, is_straight=True, shift=1.0, highlights=40.0))

    assert np.count_nonzero(scene.light.min(axis=2) > 1.0) >= 7


@pytest.mark.parametrize(("name", "value"), [("extent", -1.0), ("moving", 4), ("highlights", 0.5), ("focal", 0.0)])
def test_values_out_of_range_are_refused(name, value):
    """Values out of range are refused."""
    with pytest.raises(DeblurError, match="must lie between"):
        SceneSettings(**{name: value})


def test_unknown_kinds_of_scenes_are_refused():
    """Unknown kinds of scenes are refused."""
    with pytest.raises(DeblurError, match="varies"):
        SceneRanges(shares={"fog": 1.0})
