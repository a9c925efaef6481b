"""The restorer for a blur that is known: deconvolution first, then a network that perfects what it leaves."""

from __future__ import annotations

import functools
import time
from dataclasses import replace
from threading import Event
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.blur.psf import Origin, Psf
from deblur_app.core.colour import linear_to_srgb, srgb_to_linear
from deblur_app.core.parameter import Parameter
from deblur_app.core.program.memory import trim_heap
from deblur_app.core.resources import resource
from deblur_app.core.task import Progress, map_progress, run_to_end, run_unless, subtask
from deblur_app.core.texts import tr, tr_later
from deblur_app.core.tiling.local_tiling import PartDone, map_local, plan
from deblur_app.engine.estimation.search import AUTO, KINDS
from deblur_app.engine.method import BUNDLED, Method, MethodResult, PsfUse
from deblur_app.engine.methods import restorer_blind
from deblur_app.engine.methods.deconvolution import SMOOTHING
from deblur_app.engine.methods.restorer_blind import MODEL, NOISE, error_level, load_model
from deblur_app.engine.models.installed import card_of

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.blur.kernel_grid import Kernels
    from deblur_app.core.picture import Pixels
    from deblur_app.core.task import Task
    from deblur_app.engine.local_networks import WatchedNetwork
    from deblur_app.engine.method import Context

_TILE_PIXELS = 1_200_000
"""Pixels of a tile at most: deconvolution takes several times as long as the network, and cancelling waits for it."""

_MARGIN = 32
"""Pixels beside those that what lies beyond a tile has blurred into: on a photo of 0.9 megapixels in three tiles the
result is as near to that of the whole (56.2 dB) as with twice as many (56.7), for a tenth less to compute."""

_DOUBTED, _TRUSTED = 0.15, 0.3
"""Confidence of a place of an estimated field up to which its kernel is not used, and from which on it alone is: that
from which on an estimate is believed at all."""

_WHOLLY = 0.999
"""Share from which on kernels count as used: what interpolation leaves of 1."""

_SAMPLE, _EVEN = 192, 1.25
"""Side in pixels of the even picture that deconvolution is timed on, and how much longer a photo takes, with its lamps
and in tiles that fill more of the cache."""


BLIND_SHARE = Parameter(
    "blind_share",
    tr_later("Share without PSF"),
    tr_later("Mixes in what the network that needs no PSF gives: safer where the PSF is uncertain, and less sharp."),
    0,
    0,
    100,
    "%",
)


def find_bundled_card() -> Path:
    """Return the card of the network that comes with the program."""
    return resource("weights", "restorer-psf.json")


def _restore_photo(
    context: Context, *, noise: float, smoothing: float, model: str, blind_share: int, blur: str = AUTO
) -> Task[Pixels | MethodResult]:
    """Restore a photo, sRGB-encoded, at the size at which its blur is known; where no kernel holds, without one."""
    del blur  # what to look for has been looked for
    is_whole = context.known_psf.reduction == 1
    work = (_restore_whole if is_whole else _restore_reduced)(context, noise, smoothing, model)
    psf = context.known_psf
    shares = share_of_kernels(psf, context.pixels.shape[:2])
    is_compared = context.is_blended and psf.trust is None
    if shares is None and not is_compared and not blind_share:
        return (yield from work)
    restored = yield from subtask(work, 0.0, 0.8)
    if shares is None and not is_compared:
        shares = np.ones(context.pixels.shape[:2], np.float32)
    known = None if is_compared else shares
    return (yield from subtask(_blend_with_blind(context, restored, known, noise, 1.0 - blind_share / 100), 0.8, 1.0))


def _restore_reduced(context: Context, noise: float, smoothing: float, model: str) -> Task[Pixels | MethodResult]:
    """Restore the reduced photo and enlarge it; the noise that is given holds for the photo and is less in it."""
    from deblur_app.restoration.deconvolution import reduced_size
    from deblur_app.restoration.psf_estimation import kernel_fit

    photo, psf = context.pixels, context.known_psf
    factor = psf.reduction
    smaller = yield from subtask(reduced_size.reduce_photo(photo, factor), 0.0, 0.05)
    one = psf.uniform
    small = psf.scaled(1.0 / factor) if one is None else Psf(kernel_fit.scale_kernel(one, 1.0 / factor), psf.origin)
    # The blocks of JPEG are no longer to be seen.
    reduced = replace(context, pixels=smaller, psf=small, find_jpeg_table=lambda: None)
    work = map_progress(
        _restore_whole(reduced, noise / factor, smoothing, model), functools.partial(_enlarge_part, factor=factor)
    )
    del smaller, reduced  # of a large photo, each copy counts
    result = yield from subtask(work, 0.05, 0.95)
    restored, note = (result.pixels, result.note) if isinstance(result, MethodResult) else (result, "")
    trim_heap()
    enlarged = yield from subtask(reduced_size.enlarge_result(photo, restored, factor), 0.95, 1.0)
    return MethodResult(enlarged, note) if note else enlarged


def _enlarge_part(progress: Progress, factor: int) -> Progress:
    """Return a part that is done at the size of the photo; any other progress as it is."""
    if not isinstance(progress, PartDone) or progress.pixels is None:
        return progress
    from deblur_app.restoration.deconvolution.reduced_size import enlarge_part

    height, width = progress.pixels.shape[:2]
    place = slice(0, height * factor), slice(0, width * factor)
    return replace(progress, pixels=enlarge_part(progress.pixels, factor, place))


def _restore_whole(context: Context, noise: float, smoothing: float, model: str) -> Task[Pixels | MethodResult]:
    """Restore a photo, sRGB-encoded, with one kernel or one for each region."""
    from deblur_app.engine import local_networks
    from deblur_app.restoration.deconvolution.hyper_laplacian import noise_level_for

    pixels, device, psf = context.pixels, context.device, context.known_psf
    yield Progress(0.0, tr("Measuring the noise"))
    measured = noise / 100 if noise else error_level(pixels, context.find_jpeg_table())
    level = noise_level_for(measured, smoother=2.0**smoothing)
    card = find_bundled_card() if model == BUNDLED else card_of(model)
    if psf.uniform is None:
        pictures = yield from subtask(_deconvolve_regions(pixels, psf.kernels, level), 0.0, 0.7)
        work = local_networks.restore(pictures, card=card, device=device, noise=level)
        return (yield from subtask(work, 0.7, 1.0))
    network = yield from local_networks.load(card, device)
    local_networks.check_pictures(network, 3, card)
    watched = local_networks.WatchedNetwork(network, level, device)
    stopped = Event()
    restore = functools.partial(_tile, kernel=psf.kernel, noise=level, watched=watched, stopped=stopped)
    reach = max(psf.side + _MARGIN, network.margin)
    cut = plan(*pixels.shape[:2], most=_TILE_PIXELS, margin=reach, granularity=network.granularity)
    pace = (_EVEN * _pace(psf.kernel, level) + network.pace) * cut.height * cut.width / 1e6
    result = yield from map_local([pixels], restore, cut, region=context.region, pace=pace, stopped=stopped)
    return MethodResult(result, watched.note) if watched.note else result


def _tile(photo: Pixels, *, kernel: Kernel, noise: float, watched: WatchedNetwork, stopped: Event) -> Pixels:
    """Return a restored tile of a photo, whose margins hold what blurred into it."""
    from deblur_app.restoration.deconvolution import network_inputs

    deconvolved = run_unless(stopped, network_inputs.network_inputs(srgb_to_linear(photo), kernel, noise))
    return watched.restore(np.concatenate((linear_to_srgb(deconvolved), photo), axis=2))


def _deconvolve_regions(pixels: Pixels, kernels: Kernels, noise: float) -> Task[list[Pixels]]:
    """Return the smooth picture, the crisp one and the photo, for blur that varies over the frame."""
    from deblur_app.restoration.deconvolution import network_inputs, spatially_varying

    light = srgb_to_linear(pixels)
    twice = np.concatenate((light, light), axis=2)  # as many channels as come out

    def prepare_inputs(block: Pixels, kernel: Kernel) -> Task[Pixels]:
        return network_inputs.network_inputs(block[..., :3], kernel, noise)

    encoded = linear_to_srgb((yield from spatially_varying.restore_frame(twice, kernels, prepare_inputs)))
    return [encoded[..., :3], encoded[..., 3:], pixels]


def share_of_kernels(psf: Psf, shape: tuple[int, ...]) -> NDArray[np.float32] | None:
    """Return how far the kernels are used at each pixel, in [0, 1]; None where they are used all over.

    Of an estimated field, places that it does not explain are left out, such as people who walked. What a user gave as
    a field is believed everywhere.

    Args:
        psf: The kernels.
        shape: Height and width of the photo in pixels.
    """
    if psf.trust:
        shares = psf.trust.of_pixels(shape[0], shape[1])
    elif psf.field and psf.origin is Origin.ESTIMATED:
        shares = _share_of_confidence(psf.field.confidence_of_pixels(shape[0], shape[1]))
    else:
        return None
    return None if shares.min() >= _WHOLLY else shares


def find_unused_share(psf: Psf) -> float:
    """Return the share of a photo that is restored without its kernels, in [0, 1]; see `share_of_kernels`."""
    if psf.trust:
        return float(1.0 - psf.trust.values.mean())
    if psf.field and psf.origin is Origin.ESTIMATED:
        return float(1.0 - _share_of_confidence(psf.field.confidence).mean())
    return 0.0


def _share_of_confidence(confidence: NDArray[np.float32]) -> NDArray[np.float32]:
    shares = np.clip((confidence - _DOUBTED) / (_TRUSTED - _DOUBTED), 0.0, 1.0)
    return np.asarray(shares, np.float32)


def _blend_with_blind(
    context: Context,
    restored: Pixels | MethodResult,
    shares: NDArray[np.float32] | None,
    noise: float,
    most: float,
) -> Task[Pixels | MethodResult]:
    """Return a result, blended with that of the blind network where the kernels do not hold.

    Args:
        context: The photo.
        restored: Its result with the kernels.
        shares: How far that is taken at each pixel; None finds it out by comparison.
        noise: Of the photo, in percent; 0 measures it.
        most: How far it is taken at most, in [0, 1].
    """
    from deblur_app.engine import local_networks
    from deblur_app.engine.choice import regional_gain

    pixels, card = context.pixels, restorer_blind.find_bundled_card()
    level = noise / 100 if noise else error_level(pixels, context.find_jpeg_table())
    work = local_networks.restore([pixels], card=card, device=context.device, noise=level)
    blind = yield from subtask(work, 0.0, 0.9)
    note = " ".join(each.note for each in (restored, blind) if isinstance(each, MethodResult) and each.note)
    one, other = (each.pixels if isinstance(each, MethodResult) else each for each in (restored, blind))
    psf = None
    if shares is None:
        yield Progress(0.9, tr("Comparing the results"))
        trust = regional_gain.find_trust_of_results(pixels, one, other, context.known_psf.side)
        psf, shares = replace(context.known_psf, trust=trust), trust.of_pixels(*pixels.shape[:2])
    blended = other + (shares * np.float32(most))[:, :, None] * (one - other)
    return MethodResult(blended, note, psf) if note or psf else blended


def _pace(kernel: Kernel, noise: float) -> float:
    """Measure the seconds that deconvolution takes for a megapixel, on a small picture."""
    from deblur_app.restoration.deconvolution import network_inputs

    begin = time.perf_counter()
    run_to_end(network_inputs.network_inputs(np.full((_SAMPLE, _SAMPLE, 3), 0.5, np.float32), kernel, noise))
    return (time.perf_counter() - begin) * 1e6 / (_SAMPLE + len(kernel)) ** 2


KNOWN = Method(
    name="restorer-psf",
    label=tr_later("Restorer (known blur)"),
    plain_label=tr_later("I know the blur"),
    summary=tr_later("Removes the blur of the PSF editor."),
    explanation=tr_later(
        "Removes a known blur by deconvolution; then a network removes the noise and rings that it leaves."
    ),
    parameters=(SMOOTHING, NOISE, BLIND_SHARE, MODEL),
    run=_restore_photo,
    psf=PsfUse.GIVEN,
    network="restorer-guided",
    load_model=load_model,
    find_bundled_card=find_bundled_card,
    is_offered=lambda: find_bundled_card().exists(),
)
"""The restorer with a given PSF."""

AUTOMATIC = Method(
    name="restorer",
    label="Restorer",
    plain_label="Automatic",
    summary=tr_later("Finds the blur and removes it. Right for most photos."),
    explanation=tr_later("Finds the blur, removes it, then cleans up. The right choice for most photos."),
    parameters=(
        Parameter("blur", tr_later("Blur"), tr_later("What kind of blur the photo has."), AUTO, choices=KINDS),
        SMOOTHING,
        NOISE,
        BLIND_SHARE,
    ),
    run=functools.partial(_restore_photo, model=BUNDLED),
    psf=PsfUse.ESTIMATED,
    fallback="restorer-blind",
    find_bundled_card=find_bundled_card,
    is_offered=lambda: find_bundled_card().exists(),
)
"""The method for a photo that is dropped on the window."""
