"""The movement of a camera is found from local kernels that agree, and from the photo itself."""

import numpy as np
import pytest
from skimage import data

from deblur_app.blur.degrade import Degradation, degrade
from deblur_app.blur.kinds import Blur
from deblur_app.core.colour import srgb_to_linear
from deblur_app.core.errors import UnmeasurableBlurError
from deblur_app.core.picture import from_integer
from deblur_app.core.task import run_to_end
from deblur_app.restoration.psf_estimation import kernel_fit
from deblur_app.restoration.psf_estimation.camera_motion.motion import calculate_share_near, estimate_local_kernels
from deblur_app.restoration.psf_estimation.camera_motion.photo_fit import (
    PhotoFit,
    fit_to_photo,
    gradients,
    strongest_edges,
)
from deblur_app.restoration.psf_estimation.camera_motion.pose_candidates import LocalKernel, find_poses
from deblur_app.restoration.psf_estimation.camera_motion.pose_refinement import list_neighbours

SHAPE = (200, 260)
BLUR = Blur("shake-varying", {"extent": 9.0, "seed": 5})
PLACES = [(x, y) for y in (30.0, 100.0, 170.0) for x in (40.0, 130.0, 220.0)]
FOCAL = 28 / 36 * 260


def likeness(poses):
    """Return how alike the kernels of poses and the true ones are, on average over the frame."""
    true = BLUR.poses(SHAPE)
    return np.mean([kernel_fit.similarity(poses.kernel_at(*place), true.kernel_at(*place)) for place in PLACES])


@pytest.fixture(scope="module")
def poses():
    """Return the poses of true local kernels, one of which is replaced by a wrong one that is not trusted."""
    true = BLUR.poses(SHAPE)
    kernels = [LocalKernel(x, y, true.kernel_at(x, y), 1.0) for x, y in PLACES]
    wrong = Blur("motion", {"length": 9.0, "angle": 80.0}).kernel()
    kernels[4] = LocalKernel(*PLACES[4], wrong, 0.0)
    return find_poses(kernels, SHAPE[::-1], FOCAL)


def test_poses_that_agree_with_local_kernels_are_those_of_the_camera(poses):
    """Also at the place whose kernel was wrong; nothing moves on average."""
    assert likeness(poses) > 0.85
    assert float(poses.weights.sum()) == pytest.approx(1.0)
    for values in (poses.x, poses.y, poses.roll):
        assert float(values @ poses.weights) == pytest.approx(0.0, abs=1e-6)


def test_the_photo_makes_blurred_poses_finer(poses):
    """From equal weights, the edges of the scene lead to those of the camera."""
    sharp = from_integer(data.astronaut()[:200, 100:360])
    blurred = srgb_to_linear(run_to_end(degrade(sharp, Degradation(BLUR, noise=0.003)))).mean(axis=2)
    edges = strongest_edges(srgb_to_linear(sharp).mean(axis=2), 0.3)
    even = poses.take(np.arange(400), np.full(400, 1.0 / 400))

    known = np.ones(SHAPE, np.bool_)
    fit = fit_to_photo(gradients(blurred), edges, known, even, np.random.default_rng(0))
    fitted = even.take(np.arange(400), fit.weights).centred()

    assert likeness(fitted) > likeness(even) + 0.1
    assert likeness(fitted) > 0.8
    assert fit.unexplained.sum() < 0.4 * fit.energy.sum()
    assert fit.places.min() > 4


def test_an_even_photo_tells_no_local_kernels():
    """As for one kernel."""
    with pytest.raises(UnmeasurableBlurError):
        run_to_end(estimate_local_kernels(np.full((200, 200, 3), 0.5, np.float32), 9.0))


def test_neighbours_lead_to_poses_that_were_never_proposed(poses):
    """A start that knows half of the path alone finds the rest of it, step by step, from the edges of the scene."""
    sharp = from_integer(data.astronaut()[:200, 100:360])
    blurred = srgb_to_linear(run_to_end(degrade(sharp, Degradation(BLUR, noise=0.003)))).mean(axis=2)
    edges, seen = strongest_edges(srgb_to_linear(sharp).mean(axis=2), 0.3), gradients(blurred)
    start = poses.take(poses.x > 0.0)
    start = start.take(start.weights > 0.02 * start.weights.max())

    found = start
    for _ in range(4):
        found = list_neighbours(found, 300)
        fit = fit_to_photo(seen, edges, np.ones(SHAPE, np.bool_), found, np.random.default_rng(0))
        found = found.take(np.arange(len(found.x)), fit.weights)

    assert found.x.min() < start.x.min() - 2.0
    assert likeness(found.centred()) > likeness(start.centred()) + 0.1


def test_neighbours_keep_the_weights_of_their_poses(poses):
    """All poses that count stay where they are, to half a step of the lattice, and what is new weighs nothing."""
    around = list_neighbours(poses, 500)

    assert len(around.x) <= 500
    counting = around.take(around.weights > 0.0)
    assert likeness(counting.centred()) > 0.8
    assert len(counting.x) < len(around.x) / 2


def test_what_moved_by_itself_is_explained_less_around_it_alone():
    """Edges of someone who walked, in a part of the frame; where there are no edges, the nearest ones tell."""
    random = np.random.default_rng(0)
    places = random.uniform((0.0, 0.0), (400.0, 300.0), (20_000, 2)).astype(np.float32)
    walks = np.hypot(places[:, 0] - 300.0, places[:, 1] - 200.0) < 40.0
    energy = np.ones(len(places), np.float32)
    fit = PhotoFit(np.ones(1), places, np.where(walks, 0.7, 0.1).astype(np.float32), energy)

    assert calculate_share_near(fit, 300.0, 200.0, 30.0) < 0.35
    assert calculate_share_near(fit, 80.0, 80.0, 30.0) > 0.85
    assert calculate_share_near(fit, -500.0, 150.0, 30.0) > 0.85
