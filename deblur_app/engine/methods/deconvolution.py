"""Common parts of methods that undo a known blur by deconvolution: parameters, linear light, noise before or after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deblur_app.core.colour import convert_to_linear, linear_to_srgb
from deblur_app.core.parameter import Choice, Parameter
from deblur_app.core.task import Progress, subtask
from deblur_app.core.texts import tr, tr_later

if TYPE_CHECKING:
    from collections.abc import Callable

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.core.picture import Pixels
    from deblur_app.core.task import Task
    from deblur_app.engine.method import Context

PROTECT = "protect"
"""The value of the parameter `highlights` that keeps clipped lamps from ringing."""

_POINT = 0.999
"""Share of its light in one pixel from which on a kernel blurs nothing, and there is nothing to undo."""

_DENOISING_SHARE = 0.3
"""Share of the time that taking out noise needs beside deconvolution."""

SMOOTHING = Parameter(
    "smoothing",
    tr_later("Smoothing"),
    tr_later("0 (auto) is chosen from the photo. Each step up is twice as smooth, each step down twice as sharp."),
    0.0,
    -4.0,
    4.0,
    automatic=0.0,
)

HIGHLIGHTS = Parameter(
    "highlights",
    tr_later("Highlights"),
    tr_later("Clipped lamps and reflexes get rings around them unless they are protected."),
    PROTECT,
    choices=(Choice(PROTECT, tr_later("protected from rings")), Choice("plain", tr_later("not protected"))),
)

DENOISE = Parameter(
    "denoise",
    tr_later("Reduce noise"),
    tr_later("By wavelets: before deblurring, so that noise is not amplified, or after it."),
    "no",
    choices=(
        Choice("no", tr_later("no")),
        Choice("before", tr_later("before deblurring")),
        Choice("after", tr_later("after deblurring")),
    ),
)

PLAIN = {"highlights": "plain", "denoise": "no"}
"""Values of a draft: what takes time besides the deconvolution is left out."""


def deconvolve_photo(
    context: Context, deconvolve: Callable[[Pixels, Kernel], Task[Pixels]], denoise: str = "no"
) -> Task[Pixels]:
    """Apply a deconvolution of linear light to a photo, with one kernel or one for each region.

    Args:
        context: The photo and its PSF.
        deconvolve: Restores linear light.
        denoise: When noise is taken out: “no”, “before” or “after”.
    """
    from deblur_app.restoration.deconvolution import brightness, spatially_varying
    from deblur_app.restoration.denoising.denoise import denoise as take_out_noise

    pixels, psf = context.pixels, context.known_psf
    start, end = _DENOISING_SHARE * (denoise == "before"), 1.0 - _DENOISING_SHARE * (denoise == "after")
    if denoise == "before":
        pixels = yield from subtask(take_out_noise(pixels), 0.0, start)
    yield Progress(start, tr("Deblurring"))
    light = yield from subtask(convert_to_linear(pixels), start, start + 0.01)
    result, reach = light, 1
    if not psf.is_identity(_POINT):
        work = spatially_varying.restore_frame(light, psf.kernels, deconvolve)
        result, reach = (yield from subtask(work, start + 0.01, end - 0.05)), psf.side
    restored = linear_to_srgb(brightness.with_mean_kept(light, result, reach))
    if denoise == "after":
        restored = yield from subtask(take_out_noise(restored), end, 1.0)
    return restored
