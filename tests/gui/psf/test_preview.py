"""The live preview is what the whole photo becomes, as the screen would show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QRectF

from deblur_app.blur import degrade, kernel_arrays, models
from deblur_app.blur.kernel_grid import even_grid
from deblur_app.blur.kinds import Blur
from deblur_app.blur.psf import Psf
from deblur_app.core.metrics import measure
from deblur_app.core.picture import Picture, from_integer, resize_pixels
from deblur_app.core.task import Progress, run_to_end
from deblur_app.engine import tasks
from deblur_app.engine.method import Request
from deblur_app.engine.tasks import Restored
from deblur_app.gui.images import qt_image
from deblur_app.gui.psf import preview as psf_preview
from deblur_app.gui.psf.preview import Sight
from deblur_app.gui.psf.reduced import Reducer, box_of

if TYPE_CHECKING:
    from deblur_app.core.picture import Pixels
    from deblur_app.core.task import Task
    from deblur_app.gui.psf.preview import Preview, Restore

WHOLE = QRectF(0, 0, 1, 1)
STREAK = Blur("motion", {"length": 12.0, "angle": 30.0})
PSF = Psf.of_model(STREAK)


@pytest.fixture(scope="module")
def photo() -> Picture:
    """A photo of 512 × 512 pixels that the camera moved in."""
    from skimage.data import astronaut

    settings = degrade.Degradation(STREAK, noise=0.01)
    return Picture(run_to_end(degrade.degrade(from_integer(astronaut()), settings)))


def keep(picture: Picture, request: Request) -> Task[Restored]:
    """A method that gives back what it gets."""
    yield Progress(0.5)
    return Restored(picture, request, "CPU", "", 0.0)


def make_preview(sight: Sight, restore: Restore = keep, request: Request | None = None) -> Preview:
    """The preview of what is seen."""
    expected = request or Request("keep", psf=PSF)
    return run_to_end(psf_preview.preview(sight, expected, restore, Reducer()))


def pixels_of(preview: Preview) -> Pixels:
    """The pixels that a preview shows."""
    return qt_image.from_qimage(preview.image).pixels


@pytest.mark.parametrize("scale", [1.0, 0.5, 0.3])
def test_the_whole_photo_is_tried_at_the_size_of_the_screen(photo: Picture, scale: float) -> None:
    """The method gets the reduced photo and the PSF reduced with it, and what it gives covers the photo."""
    preview = make_preview(Sight(photo, WHOLE, scale))
    side = round(512 * scale)
    assert (preview.image.width(), preview.image.height()) == (side, side)
    assert preview.place == WHOLE
    assert preview.scale == scale
    assert measure(resize_pixels(photo.pixels, side, side), pixels_of(preview)).psnr > 35
    used = preview.restored.request.psf
    assert used is not None
    extent, full = kernel_arrays.describe(used.kernel).extent, kernel_arrays.describe(STREAK.kernel()).extent
    assert extent[0] == pytest.approx(full[0] * scale, abs=2)


def test_a_screen_with_more_pixels_than_the_photo_tries_the_photo_as_it_is(photo: Picture) -> None:
    """Zoomed in, each pixel is tried at its own size, and the PSF is the photo's own."""
    preview = make_preview(Sight(photo, QRectF(0.25, 0.5, 0.25, 0.125), 4.0))
    assert preview.scale == 1.0
    assert preview.restored.request.psf is not None
    assert np.array_equal(preview.restored.request.psf.kernel, STREAK.kernel())
    assert (preview.image.width(), preview.image.height()) == (128, 64)
    assert preview.image == qt_image.pyramid(photo.pixels[256:320, 128:256])[0]


def test_a_part_is_restored_as_it_is_in_the_whole(photo: Picture) -> None:
    """A part that is seen zoomed in has no borders of its own: it is the same part of the whole restored photo."""
    request = Request("wiener", psf=PSF)
    part = make_preview(Sight(photo, QRectF(0.375, 0.375, 0.25, 0.25), 1.0), tasks.deblur, request)
    whole = run_to_end(tasks.deblur(photo, request)).picture.pixels[192:320, 192:320]
    assert measure(whole, pixels_of(part)).psnr > 34


def test_preview_and_export_look_alike(photo: Picture) -> None:
    """The preview is the reduced result, far nearer to it than the blurred photo, smoothing chosen for each alone."""
    request = Request("wiener", psf=PSF)
    preview = pixels_of(make_preview(Sight(photo, WHOLE, 0.5), tasks.deblur, request))
    export = resize_pixels(run_to_end(tasks.deblur(photo, request)).picture.pixels, 256, 256)
    assert measure(export, preview).psnr > max(measure(export, resize_pixels(photo.pixels, 256, 256)).psnr + 5, 30)


@pytest.mark.parametrize("scale", [0.5, 0.3])
@pytest.mark.parametrize("method", ["wiener", "tikhonov"])
def test_a_noisy_photo_is_as_smooth_in_the_preview_as_in_the_export(method: str, scale: float) -> None:
    """A small copy has less noise, but is smoothed as the photo's own noise asks for: they look the same."""
    from skimage.data import coffee

    blurred = degrade.Degradation(Blur("defocus", {"radius": 4.0}), noise=0.02, seed=1)
    photo = Picture(run_to_end(degrade.degrade(from_integer(coffee()), blurred)))
    request = Request(method, {"highlights": "plain"}, psf=Psf.of_model(Blur("defocus", {"radius": 4.0})))
    preview = make_preview(Sight(photo, WHOLE, scale), tasks.deblur, request)
    export = run_to_end(tasks.deblur(photo, request)).picture.pixels
    assert measure(resize_pixels(export, preview.image.width(), preview.image.height()), pixels_of(preview)).psnr > 36


def test_a_very_large_screen_is_tried_coarser(photo: Picture) -> None:
    """The preview has a bounded number of pixels, whatever the photo and the screen have."""
    large = Picture(np.tile(photo.pixels, (4, 4, 1)))
    preview = make_preview(Sight(large, WHOLE, 1.0))
    assert preview.image.width() * preview.image.height() <= 600_000
    assert preview.place == WHOLE


@pytest.mark.parametrize("size", [(1, 1), (1, 700), (700, 1), (3, 2)])
def test_odd_shapes_are_tried(size: tuple[int, int]) -> None:
    """A pixel and a thin strip come back as they are."""
    pixels = np.full((*size, 3), 0.5, np.float32)
    for scale in (1.0, 0.3):
        preview = make_preview(Sight(Picture(pixels), WHOLE, scale))
        height, width = (max(round(side * scale), 1) for side in size)
        assert (preview.image.width(), preview.image.height()) == (width, height)
        assert np.abs(pixels_of(preview) - 0.5).max() <= 1 / 255


def test_the_small_copy_is_made_once_for_one_sight(photo: Picture) -> None:
    """A slider changes the PSF and not the photo: the second preview gets the same pixels; another part others."""
    reducer, calls = Reducer(), []

    def watch(picture: Picture, request: Request) -> Task[Restored]:
        calls.append(picture.pixels)
        return keep(picture, request)

    for part, length in ((WHOLE, 9.0), (WHOLE, 5.0), (QRectF(0, 0, 0.5, 0.5), 5.0)):
        request = Request("keep", psf=Psf.of_model(Blur("motion", {"length": length})))
        run_to_end(psf_preview.preview(Sight(photo, part, 0.4), request, watch, reducer))
    assert calls[0] is calls[1]
    assert calls[2] is not calls[1]


def test_a_look_shows_the_kernel_and_its_response() -> None:
    """Blurs, kernels, kernels with colours and grids all have a kernel in their middle."""
    kernel = models.defocus(3.0)
    grid = even_grid([[kernel] * 3] * 3, (90, 90))
    blur = Psf.of_model(Blur("defocus", {"radius": 3.0}))
    for psf in (blur, Psf(kernel), Psf(np.stack([kernel] * 3, axis=2)), Psf(grid)):
        look = run_to_end(psf_preview.view_psf(lambda psf=psf: psf))
        assert np.allclose(look.kernel, kernel, atol=1e-6)
        assert look.response.width() > 0


def test_a_grid_restores_what_is_seen(photo: Picture) -> None:
    """A grid of equal kernels gives what the one kernel gives, zoomed in as well."""
    grid = even_grid([[STREAK.kernel()] * 3] * 2, photo.pixels.shape)
    sight = Sight(photo, QRectF(0.5, 0.4, 0.3, 0.3), 1.0)
    one = make_preview(sight, tasks.deblur, Request("tikhonov", psf=Psf(STREAK.kernel())))
    many = make_preview(sight, tasks.deblur, Request("tikhonov", psf=Psf(grid)))
    assert many.place == one.place
    assert measure(pixels_of(one), pixels_of(many)).psnr > 30


def test_boxes_stay_within_the_picture(photo: Picture) -> None:
    """The rim that a method needs ends where the picture ends."""
    assert box_of(photo, WHOLE, 40) == (0, 0, 512, 512)
    assert box_of(photo, QRectF(0.5, 0.5, 0.25, 0.25), 10) == (246, 246, 394, 394)
