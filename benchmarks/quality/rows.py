"""The rows of the quality table: doing nothing, an unsharp mask, scikit-image's deconvolutions, and all our methods."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from benchmarks.quality.cases import Case, centre
from deblur_app.blur.psf import Psf
from deblur_app.core import metrics
from deblur_app.core.colour import linear_to_srgb, srgb_to_linear
from deblur_app.core.picture import Picture
from deblur_app.core.task import run_to_end
from deblur_app.engine import psf_tasks, tasks
from deblur_app.engine.evaluation.protocols import align_by_shift
from deblur_app.engine.method import PsfUse, Request
from deblur_app.engine.methods import registry

if TYPE_CHECKING:
    from collections.abc import Callable

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.core.metrics import Quality
    from deblur_app.core.picture import Pixels
    from deblur_app.engine.method import Method

BORDER = 16
"""Pixels at each border that no score counts."""

DO_NOTHING = "do_nothing"
UNSHARP = "unsharp_mask"

_INSIDE = (slice(BORDER, -BORDER),) * 2
_PATCH = 160  # side in pixels of the middle on which settings are compared
_FRAME = 48  # least width in pixels of the mirrored frame
_DARK = 1e-4
"""Light below which Richardson-Lucy must not divide: black regions end in NaN without it."""

type Setting = tuple[float, ...]


@dataclass(frozen=True)
class Row:
    """One way to repair a picture.

    Attributes:
        name: Its name in the figures.
        label: What people read.
        restore: Takes a case and one of the settings; gives pixels of the same shape.
        settings: What its parameters may be; more than one make it look at the truth to choose.
        names: The names of the parameters.
        is_oracle: Whether it is given the true kernel, and the best of the settings for each case.
        found: Gives the kernel that it takes a case to be blurred with; None where it does not look for one.
    """

    name: str
    label: str
    restore: Callable[[Case, Setting], Pixels]
    settings: tuple[Setting, ...] = ((),)
    names: tuple[str, ...] = ()
    is_oracle: bool = False
    estimate_kernel: Callable[[Case], Kernel] | None = None


def rows(wanted: list[str] | None = None) -> list[Row]:
    """Return all rows, or doing nothing and those named in `wanted`; networks of others where they were added.

    Those with a field of kernels have to be named: they take long, and gain where the blur varies alone.
    """
    every = [*_PEERS, *map(_method, registry.list_offered())]
    every += _FIELDS if wanted else ()
    if wanted and (unknown := set(wanted) - {row.name for row in every}):
        names = ", ".join(row.name for row in every)
        raise SystemExit(f"There is no method {', '.join(sorted(unknown))}. There are: {names}.")
    return [row for row in every if not wanted or row.name in wanted or row.name == DO_NOTHING]


def best_setting(row: Row, case: Case) -> Setting:
    """Return the setting with the highest PSNR in the middle of the case, which needs the truth."""
    if len(row.settings) == 1:
        return row.settings[0]
    middle = replace(case, blurred=centre(case.blurred, _PATCH), truth=centre(case.truth, _PATCH))
    return max(row.settings, key=lambda setting: _psnr(middle, row.restore(middle, setting)))


def best_fixed(row: Row, cases: list[Case]) -> Row:
    """Return the row with the one setting that has the highest mean PSNR over all `cases`."""
    means = [np.mean([_psnr(case, row.restore(case, setting)) for case in cases]) for setting in row.settings]
    return replace(row, settings=(row.settings[int(np.argmax(means))],))


def quality(case: Case, pixels: Pixels) -> Quality:
    """Return the figures without the borders, after the best shift where the case asks for it."""
    if case.is_shifted:
        pixels = align_by_shift(case.truth, pixels)
    return metrics.measure(case.truth[_INSIDE], pixels[_INSIDE])


def _psnr(case: Case, pixels: Pixels) -> float:
    if case.is_shifted:
        pixels = align_by_shift(case.truth, pixels)
    return metrics.psnr(case.truth[_INSIDE], pixels[_INSIDE])


def _unsharp(case: Case, setting: Setting) -> Pixels:
    sigma, amount = setting
    soft = cv2.GaussianBlur(case.blurred, (0, 0), sigma)
    return np.clip(case.blurred + np.float32(amount) * (case.blurred - soft), 0.0, 1.0)


def _wiener(light: Pixels, kernel: Kernel, setting: Setting) -> Pixels:
    from skimage.restoration import wiener

    restored: Pixels = wiener(light, kernel, setting[0])
    return restored


def _apply_unsupervised_wiener(light: Pixels, kernel: Kernel, _: Setting) -> Pixels:
    from skimage.restoration import unsupervised_wiener

    restored: Pixels = unsupervised_wiener(light, kernel, rng=0)[0]
    return restored


def _richardson_lucy(light: Pixels, kernel: Kernel, setting: Setting) -> Pixels:
    from skimage.restoration import richardson_lucy

    restored: Pixels = richardson_lucy(light, kernel, num_iter=int(setting[0]), filter_epsilon=_DARK)
    return restored


def _deconvolve_with(function: Callable[[Pixels, Kernel, Setting], Pixels]) -> Callable[[Case, Setting], Pixels]:
    """Turn a function on one channel into one on cases: in linear light, with a frame around the picture."""

    def restore(case: Case, setting: Setting) -> Pixels:
        light = case.blurred if case.is_light else srgb_to_linear(case.blurred)
        height, width = light.shape[:2]
        framed, pad = _pad_to_frame(light, max(_FRAME, 2 * len(case.kernel)))
        sharp = np.stack([function(framed[:, :, c], case.kernel, setting) for c in range(3)], axis=2)
        sharp = sharp[pad : pad + height, pad : pad + width].astype(np.float32)
        return np.clip(sharp, 0.0, 1.0) if case.is_light else linear_to_srgb(sharp)

    return restore


def _pad_to_frame(light: Pixels, pad: int) -> tuple[Pixels, int]:
    """Return the picture with at least `pad` mirrored pixels on each side that fade into the mean colour.

    Fourier methods take the picture for a tile that repeats; without the frame its edges would ring through all of
    it. The sides get lengths that Fourier transforms are fast for.
    """
    from scipy.fft import next_fast_len

    rims, fades = [], []
    for length in light.shape[:2]:
        after = next_fast_len(length + 2 * pad, real=True) - length - pad
        ramp = [0.5 - 0.5 * np.cos(np.pi * (np.arange(n) + 0.5) / n) for n in (pad, after)]
        rims.append((pad, after))
        fades.append(np.concatenate([ramp[0], np.ones(length), ramp[1][::-1]]).astype(np.float32))
    weight = fades[0][:, None, None] * fades[1][None, :, None]
    mean = light.mean(axis=(0, 1))
    return mean + weight * (np.pad(light, (*rims, (0, 0)), mode="symmetric") - mean), pad


def _method(method: Method) -> Row:
    """Return a row for a method, with its defaults; it gets the true kernel where it takes one."""
    takes_psf = method.psf is PsfUse.GIVEN

    def run(case: Case) -> tasks.Restored:
        photo = Picture(linear_to_srgb(case.blurred) if case.is_light else case.blurred)
        return run_to_end(tasks.deblur(photo, Request(method.name, psf=Psf(case.kernel) if takes_psf else None)))

    def restore(case: Case, _: Setting) -> Pixels:
        pixels = run(case).picture.pixels
        return srgb_to_linear(pixels) if case.is_light else pixels

    def estimate_kernel(case: Case) -> Kernel:
        psf = run(case).request.psf
        # A photo that is taken for sharp has no kernel, and is left as it is.
        return psf.kernel if psf else np.ones((1, 1), np.float32)

    label = f"{method.label}, true kernel" if takes_psf else method.label
    return Row(method.name, label, restore, estimate_kernel=estimate_kernel if method.psf is PsfUse.ESTIMATED else None)


def _by_true_field(case: Case, _: Setting) -> Pixels:
    return _restore_by(case, Psf(case.kernel if case.field is None else case.field))


def _by_estimated_field(case: Case, _: Setting) -> Pixels:
    estimated = run_to_end(psf_tasks.estimate_field(Picture(case.blurred))).psf
    return _restore_by(case, estimated) if estimated else case.blurred


def _restore_by(case: Case, psf: Psf) -> Pixels:
    return run_to_end(tasks.deblur(Picture(case.blurred), Request("restorer-psf", psf=psf))).picture.pixels


_FIELDS = (
    Row("restorer-true-field", "Restorer (known blur), true field", _by_true_field),
    Row("restorer-field", "Restorer (known blur), field found in the photo", _by_estimated_field),
)
"""Rows that are given kernels for all of the frame."""

_PEERS = (
    Row(DO_NOTHING, "Do nothing", lambda case, _: case.blurred),
    Row(
        UNSHARP,
        "Unsharp mask (OpenCV)",
        _unsharp,
        tuple((sigma, amount) for sigma in (1.0, 2.0, 3.0, 5.0) for amount in (0.1, 0.25, 0.5, 1.0)),
        ("σ", "amount"),
    ),
    Row(
        "skimage_wiener",
        "scikit-image wiener",
        _deconvolve_with(_wiener),
        tuple((balance,) for balance in (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0)),
        ("balance",),
        is_oracle=True,
    ),
    Row(
        "skimage_unsupervised_wiener",
        "scikit-image unsupervised_wiener",
        _deconvolve_with(_apply_unsupervised_wiener),
        is_oracle=True,
    ),
    Row(
        "skimage_richardson_lucy",
        "scikit-image richardson_lucy",
        _deconvolve_with(_richardson_lucy),
        ((5.0,), (15.0,), (40.0,), (100.0,), (250.0,)),
        ("iterations",),
        is_oracle=True,
    ),
)

PEER_NAMES = frozenset(row.name for row in _PEERS)
"""The rows that are no methods of the program."""
