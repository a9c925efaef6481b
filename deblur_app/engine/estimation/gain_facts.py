"""The features that expected gains are told from: what is known of a photo, and what speaks for a kernel."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.blur import blur_posterior
from deblur_app.core.colour import is_clipped, linear_to_srgb
from deblur_app.engine.choice.expected_gain import SEARCH_FEATURE
from deblur_app.engine.estimation.psf_estimate import UNSURE
from deblur_app.engine.estimation.shake import MOST_CONTRADICTING, SHORTEST
from deblur_app.restoration.denoising.noise_level import noise_level_of_photo
from deblur_app.restoration.psf_estimation import kernel_fit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.blur.kinds import Blur
    from deblur_app.core.picture import Pixels
    from deblur_app.engine.estimation.diagnosis import Diagnosis
    from deblur_app.engine.estimation.shake import ShakeKernel
    from deblur_app.restoration.psf_estimation.reduced_evidence import ReducedEvidence

_SIDE = 512.0
"""Short side in pixels that counts as usual."""

_LEAST = 1e-4
"""Least argument of a logarithm: noise, misfits and clipped shares below it are alike."""

_LARGEST = 1024
"""Side in pixels of the part whose noise and contrast are measured, at most."""

PATH = ("motion", "shake", "varies")
"""Types that a kernel without a formula may be."""


def list_photo_facts(light: Pixels, diagnosed: Diagnosis) -> dict[str, float]:
    """Return what is known of a photo before a kernel is tried.

    Args:
        light: Float32 array of shape (height, width, channels), linear light.
        diagnosed: What the network tells of it.
    """
    encoded = linear_to_srgb(_middle(light))
    probabilities = {f"p_{kind}": diagnosed.probabilities.get(kind, 0.0) for kind in blur_posterior.TYPES}
    blurred = {kind: share for kind, share in diagnosed.probabilities.items() if kind not in blur_posterior.SHARP}
    return {
        **probabilities,
        "p_sharp": sum(diagnosed.probabilities.get(kind, 0.0) for kind in blur_posterior.SHARP),
        "p_best_blur": max(blurred.values(), default=0.0),
        "trust": diagnosed.confidence,
        "processed": float(diagnosed.is_processed),
        "side": math.log2(min(light.shape[:2]) / _SIDE),
        "noise": _logarithm(noise_level_of_photo(encoded)),
        "clipped": _logarithm(float(is_clipped(light.max(axis=2)).mean())),
        "contrast": _logarithm(float(encoded.std())),
        "extent": math.log2(max(diagnosed.extent, 1.0)),
    }


def _middle(light: Pixels) -> Pixels:
    """Return the middle of a large photo, all of others."""
    starts = [max((length - _LARGEST) // 2, 0) for length in light.shape[:2]]
    return light[starts[0] : starts[0] + _LARGEST, starts[1] : starts[1] + _LARGEST]


def list_kernel_facts(
    kernel: Kernel, model: Blur | None, evidence: ReducedEvidence, diagnosed: Diagnosis
) -> dict[str, float]:
    """Return what speaks for a kernel.

    Args:
        kernel: Shape (n, n).
        model: The line, disk or Gaussian that it is; None for the kernel of a shake.
        evidence: Of the photo.
        diagnosed: What the network tells of the photo.
    """
    major, minor = measure_widths(kernel)
    kinds = (model.kind,) if model else PATH
    quarters = sorted(evidence.quarters) or [math.nan]
    return {
        "p_kind": sum(diagnosed.probabilities.get(kind, 0.0) for kind in kinds),
        "is_path": float(model is None),
        "is_line": float(model is not None and model.kind == "motion"),
        "major": math.log2(max(major, 0.1)),
        "roundness": minor / max(major, 0.1),
        "peak": float(kernel.max() / kernel.sum()),
        "scale": math.log2(evidence.scale),
        "misfit": _logarithm(evidence.mirror.misfit),
        "advantage": evidence.mirror.advantage,
        "symmetry": evidence.mirror.symmetry,
        "share": float(np.clip(evidence.spectrum.share, -3.0, 3.0)),
        "spectral_gain": _signed_root(evidence.spectrum.gain),
        "zeros_share": float(np.clip(evidence.zeros.share, -3.0, 3.0)),
        "zeros_gain": _signed_root(evidence.zeros.gain),
        "detail": _logarithm(evidence.detail),
        "explained": _logarithm(evidence.mirror.misfit / max(evidence.detail, _LEAST)),
        "quarters": _logarithm(float(np.median(quarters))),
        "worst_quarter": _logarithm(quarters[-1]),
    }


def list_search_facts(shake: ShakeKernel) -> dict[str, float]:
    """Return what the search tells of the kernel that it found."""
    found = shake.found
    return {
        SEARCH_FEATURE: found.confidence,
        "search_scale": math.log2(found.scale),
        "search_size": math.log2(found.size),
        "reach": math.log2(max(kernel_fit.reach(found.kernel), 1)),
        "contradicting": shake.contradicting_share,
        "large_quarters": _logarithm(float(np.median(shake.quarters))) if shake.quarters else math.nan,
    }


def find_confidence(facts: Mapping[str, float]) -> float:
    """Return the confidence in a blur with these features.

    It is the network's, or for a searched kernel the product of the search's and of the probability of a path.
    """
    if SEARCH_FEATURE not in facts:
        return facts["trust"]
    is_too_short = 2.0 * 2.0 ** facts["reach"] + 1.0 < SHORTEST * 2.0 ** facts["extent"]
    is_contradicted = is_too_short or facts["contradicting"] >= MOST_CONTRADICTING
    confidence = min(facts[SEARCH_FEATURE], UNSURE) if is_contradicted else facts[SEARCH_FEATURE]
    return find_path_share(facts) * confidence


def find_path_share(facts: Mapping[str, float]) -> float:
    """Return how probable it is that a kernel can be a path: its own evidence tells straight, curved and none apart.

    Where the blur varies over the frame, one kernel serves in half of the cases.

    Args:
        facts: The probability of each type, named as in `list_photo_facts`.
    """
    shares = {"shake": 1.0, "motion": 1.0, "varies": 0.5, **dict.fromkeys(blur_posterior.SHARP, 1.0)}
    return sum(share * facts.get(f"p_{kind}", 0.0) for kind, share in shares.items())


def measure_widths(kernel: Kernel) -> tuple[float, float]:
    """Return the standard deviations of the light of a kernel along its longer and its shorter axis, in pixels."""
    places = np.arange(len(kernel)) - len(kernel) // 2
    light = kernel.astype(np.float64) / float(kernel.sum())
    x, y = light.sum(axis=0), light.sum(axis=1)
    at_x, at_y = float(x @ places), float(y @ places)
    across = float((places - at_y) @ light @ (places - at_x))
    moments = np.array([[x @ (places - at_x) ** 2, across], [across, y @ (places - at_y) ** 2]])
    small, large = np.sqrt(np.maximum(np.linalg.eigvalsh(moments), 0.0))
    return float(large), float(small)


def _logarithm(value: float) -> float:
    return math.log10(max(value, _LEAST)) if math.isfinite(value) else math.nan


def _signed_root(value: float) -> float:
    """Return the square root, with the sign of the value: a logarithm of a likelihood as a number of deviations."""
    return math.copysign(math.sqrt(abs(value)), value)
