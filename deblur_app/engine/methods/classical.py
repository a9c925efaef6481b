"""Classical methods: deconvolution and denoising, with what a photo needs around them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from deblur_app.core.colour import linear_to_srgb, srgb_to_linear
from deblur_app.core.parameter import Choice, Parameter
from deblur_app.core.task import Progress, subtask
from deblur_app.engine.estimation.search import AUTO, KINDS
from deblur_app.engine.method import Method, PsfUse

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.core.picture import Pixels
    from deblur_app.core.task import Task
    from deblur_app.engine.devices import Device
    from deblur_app.engine.method import Psf
    from deblur_app.engine.reduced import Reduced
    from deblur_app.restoration.denoising.denoise import DenoisingMethod

_PROTECT = "protect"
_POINT = 0.999
"""Share of its light in one pixel from which on a kernel blurs nothing, and there is nothing to undo."""

SMOOTHING = Parameter(
    "smoothing",
    "Smoothing",
    "0 is chosen from the photo itself; each step up or down is twice as smooth or twice as sharp.",
    0.0,
    -4.0,
    4.0,
)


def _deconvolve_photo(
    pixels: Pixels, psf: Psf, function: Callable[[Pixels, Kernel], Task[Pixels]], denoise: str = "no"
) -> Task[Pixels]:
    """Apply a deconvolution of linear light to a photo, with one kernel or one for each region.

    Args:
        pixels: The photo, sRGB-encoded.
        psf: What to undo.
        function: Restores linear light.
        denoise: When noise is taken out: “no”, “before” or “after”.
    """
    from deblur_app.restoration.deconvolution import brightness, spatially_varying

    start, end = 0.3 * (denoise == "before"), 1.0 - 0.3 * (denoise == "after")
    if denoise == "before":
        pixels = yield from subtask(_without_noise(pixels), 0.0, start)
    yield Progress(start, "Deblurring")
    light = srgb_to_linear(pixels)
    if isinstance(psf, np.ndarray) and psf.max(axis=(0, 1)).min() > _POINT:
        result, reach = light, 1
    elif isinstance(psf, np.ndarray):
        result, reach = (yield from subtask(function(light, psf), start, end - 0.05)), len(psf)
    else:
        result = yield from subtask(spatially_varying.restore(light, psf, function), start, end - 0.05)
        reach = len(psf.kernels[0][0])
    restored = linear_to_srgb(brightness.with_mean_kept(light, result, reach))
    if denoise == "after":
        restored = yield from subtask(_without_noise(restored), end, 1.0)
    return restored


def _without_noise(pixels: Pixels) -> Task[Pixels]:
    from deblur_app.restoration.denoising import denoise

    return denoise.denoise(pixels)


def _wiener(pixels: Pixels, _: Device, *, psf: Psf, denoise: str, **settings: Any) -> Task[Pixels]:
    from deblur_app.restoration.deconvolution import wiener
    from deblur_app.restoration.deconvolution.quadratic import GRADIENT

    def solve(light: Pixels, kernel: Kernel, ratio: float) -> Task[Pixels]:
        return wiener.wiener(light, kernel, noise_to_signal=ratio)

    return _deconvolve_photo(pixels, psf, _in_one_step(solve, GRADIENT, **settings), denoise)


def _tikhonov(pixels: Pixels, _: Device, *, psf: Psf, denoise: str, **settings: Any) -> Task[Pixels]:
    from deblur_app.restoration.deconvolution import wiener
    from deblur_app.restoration.deconvolution.quadratic import LAPLACIAN

    def solve(light: Pixels, kernel: Kernel, weight: float) -> Task[Pixels]:
        return wiener.tikhonov(light, kernel, regularisation=weight)

    return _deconvolve_photo(pixels, psf, _in_one_step(solve, LAPLACIAN, **settings), denoise)


def _in_one_step(
    solve: Callable[[Pixels, Kernel, float], Task[Pixels]],
    order: int,
    *,
    smoothing: float,
    highlights: str,
    reduced: Reduced | None = None,
    jpeg_table: NDArray[np.uint16] | None = None,
) -> Callable[[Pixels, Kernel], Task[Pixels]]:
    """Return a linear filter with regularisation by cross-validation, kept from ringing around highlights.

    It is never weaker than the rounding of the file allows.

    The choice is made on what the filter gets: lamps that clipped fit no blur, and would pass for fine detail.
    """
    from deblur_app.restoration.deconvolution import quantisation, saturation
    from deblur_app.restoration.deconvolution.gcv import gcv_curve

    def function(light: Pixels, kernel: Kernel) -> Task[Pixels]:
        def once(seen: Pixels) -> Task[Pixels]:
            yield Progress(0.0, "Choosing the regularisation")
            weight = reduced.last(order) if reduced else None
            if weight is None:
                curve = gcv_curve(seen, kernel, order=order)
                least = quantisation.least_regularisation(jpeg_table, curve, kernel, order)
                weight = max(curve.regularisation, least)
                if reduced:
                    # Not below what the copy asks for: reduced kernels are not exact, which passes for noise.
                    choosing = reduced.regularisation(order, without_lamps=highlights == _PROTECT)
                    weight = max(weight, (yield from subtask(choosing, 0.0, 0.1)))
                    reduced.keep(order, weight)
            return (yield from subtask(solve(seen, kernel, weight * 2.0**smoothing), 0.1, 1.0))

        if highlights == _PROTECT:
            return saturation.deconvolve_with_highlights(light, kernel, once, left=saturation.STRICT)
        return once(light)

    return function


def _richardson_lucy(
    pixels: Pixels,
    _: Device,
    *,
    psf: Psf,
    iterations: int,
    damping: float,
    variation: float,
    pace: str,
    highlights: str,
    denoise: str,
) -> Task[Pixels]:
    from deblur_app.restoration.deconvolution import richardson_lucy, saturation

    def function(light: Pixels, kernel: Kernel) -> Task[Pixels]:
        return richardson_lucy.richardson_lucy(
            light,
            kernel,
            iterations=iterations or None,
            damping=damping,
            total_variation=variation,
            accelerated=pace == "accelerated",
            trust=saturation.weights(light) if highlights == _PROTECT else None,
        )

    return _deconvolve_photo(pixels, psf, function, denoise)


def _sparse(
    pixels: Pixels,
    _: Device,
    *,
    psf: Psf,
    smoothing: float,
    exponent: float,
    iterations: int,
    highlights: str,
    denoise: str,
    reduced: Reduced | None = None,
    jpeg_table: NDArray[np.uint16] | None = None,
) -> Task[Pixels]:
    from deblur_app.restoration.deconvolution import hyper_laplacian, quantisation
    from deblur_app.restoration.denoising.noise_level import noise_level

    def function(light: Pixels, kernel: Kernel) -> Task[Pixels]:
        yield Progress(0.0, "Measuring the noise")
        noise = math.hypot(noise_level(light), quantisation.equivalent_noise(jpeg_table, light))
        weight = hyper_laplacian.regularisation_for(noise, kernel)
        if reduced:
            weight = max(weight, reduced.sparse_regularisation(exponent))
        believed = None if highlights == _PROTECT else np.ones_like(light)
        task = hyper_laplacian.sparse(
            light,
            kernel,
            regularisation=weight * 2.0**smoothing,
            exponent=exponent,
            weights=believed,
            iterations=iterations,
        )
        return (yield from task)

    return _deconvolve_photo(pixels, psf, function, denoise)


def _blind(
    pixels: Pixels,
    device: Device,
    *,
    psf: Psf,
    blur: str,
    smoothing: float,
    denoise: str,
    jpeg_table: NDArray[np.uint16] | None = None,
) -> Task[Pixels]:
    del blur  # what to look for has been looked for
    values = {**_SPARSE.complete_values({}), "smoothing": smoothing, "denoise": denoise}
    return _SPARSE.run(pixels, device, psf=psf, jpeg_table=jpeg_table, **values)


def _denoise(pixels: Pixels, _: Device, *, kind: DenoisingMethod, strength: float) -> Task[Pixels]:
    from deblur_app.restoration.denoising import denoise

    return denoise.denoise(pixels, method=kind, strength=strength)


_DENOISE = Parameter(
    "denoise",
    "Take out noise",
    "By wavelets: before, what would be amplified is gone; after, what was amplified.",
    "no",
    choices=(Choice("no", "no"), Choice("before", "before deblurring"), Choice("after", "after deblurring")),
)

_HIGHLIGHTS = Parameter(
    "highlights",
    "Highlights",
    "Lamps and reflexes that clipped to white ring unless they are treated as brighter than they look.",
    _PROTECT,
    choices=(Choice(_PROTECT, "keep from ringing"), Choice("plain", "as they are")),
)

_PLAIN = {"highlights": "plain", "denoise": "no"}

_SPARSE = Method(
    name="sparse",
    label="Sparse gradients",
    explanation="Undoes a known blur, with sharp edges and quiet flat areas: the best of the classical methods.",
    parameters=(
        SMOOTHING,
        Parameter("exponent", "Sparseness", "Lower: fewer and stronger edges.", 0.667, 0.5, 1.0),
        Parameter("iterations", "Iterations", "6 give its look, 16 its quality.", 16, 2, 50),
        _HIGHLIGHTS,
        _DENOISE,
    ),
    draft={**_PLAIN, "iterations": 5},
    run=_sparse,
    is_scalable=True,
    uses_jpeg_table=True,
    is_neural=False,
    psf=PsfUse.GIVEN,
)

METHODS: tuple[Method, ...] = (
    Method(
        name="blind",
        label="Blind deconvolution",
        explanation="Finds out from the photo alone how it was blurred, then undoes that with sparse gradients.",
        parameters=(
            Parameter("blur", "Look for", "What kind of blur the photo has.", AUTO, choices=KINDS),
            SMOOTHING,
            _DENOISE,
        ),
        run=_blind,
        uses_jpeg_table=True,
        is_neural=False,
        psf=PsfUse.ESTIMATED,
    ),
    _SPARSE,
    Method(
        name="wiener",
        label="Wiener deconvolution",
        explanation="Undoes a known blur in one step, as well as any linear filter can. The fastest; noise stays.",
        parameters=(SMOOTHING, _HIGHLIGHTS, _DENOISE),
        draft=_PLAIN,
        run=_wiener,
        is_scalable=True,
        uses_jpeg_table=True,
        is_neural=False,
        psf=PsfUse.GIVEN,
    ),
    Method(
        name="tikhonov",
        label="Tikhonov regularisation",
        explanation="Undoes a known blur in one step and holds the result smooth; softer than Wiener in noise.",
        parameters=(SMOOTHING, _HIGHLIGHTS, _DENOISE),
        draft=_PLAIN,
        run=_tikhonov,
        is_scalable=True,
        uses_jpeg_table=True,
        is_neural=False,
        psf=PsfUse.GIVEN,
    ),
    Method(
        name="richardson-lucy",
        label="Richardson-Lucy",
        explanation="Undoes a known blur step by step and keeps light positive; stops by itself at the noise.",
        parameters=(
            Parameter("iterations", "Iterations", "0 stops by itself when only noise is left.", 0, 0, 500),
            Parameter(
                "damping", "Damping", "Differences below so many standard deviations of the noise stay.", 0.0, 0.0, 5.0
            ),
            Parameter("variation", "Total variation", "How much flat areas are held flat.", 0.01, 0.0, 0.1),
            Parameter(
                "pace",
                "Pace",
                "Accelerated steps reach in a few what plain ones reach in many.",
                "accelerated",
                choices=(Choice("accelerated", "accelerated (Biggs and Andrews)"), Choice("plain", "plain")),
            ),
            _HIGHLIGHTS,
            _DENOISE,
        ),
        draft={**_PLAIN, "iterations": 8},
        run=_richardson_lucy,
        is_neural=False,
        psf=PsfUse.GIVEN,
    ),
    Method(
        name="denoise",
        label="Take out noise only",
        explanation="Leaves the blur and takes out the noise, as much as the photo is found to have.",
        parameters=(
            Parameter(
                "kind",
                "How",
                "Wavelets keep most detail; patches are good where patterns repeat; variation gives plain areas.",
                "wavelet",
                choices=(
                    Choice("wavelet", "wavelets"),
                    Choice("nonlocal", "similar patches"),
                    Choice("total variation", "total variation"),
                ),
            ),
            Parameter("strength", "Strength", "1 takes out the noise that was measured.", 1.0, 0.0, 3.0),
        ),
        run=_denoise,
        is_neural=False,
    ),
)
"""The classical entries of the table of methods."""
