"""Captions below the panes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from deblur_app.core.texts import lower_first, tr

if TYPE_CHECKING:
    from deblur_app.blur.psf import Psf
    from deblur_app.core.metrics import Quality
    from deblur_app.gui.session.session import Session
    from training.evaluation.evaluators import Preview


def explain_figures() -> str:
    """Return what the figures below the panes mean."""
    return tr(
        "PSNR: how small the error is, in decibels; higher is better. SSIM: similarity of structures; 1 is identical. "
        "Accuracy: share of pixels whose strongest colour is right, as in the paper; it says little about sharpness."
    )


def describe_figures(quality: Quality) -> str:
    """Return the figures of a picture in one line."""
    from deblur_app.core.metrics import percent

    psnr = "∞" if math.isinf(quality.psnr) else tr("{psnr:.2f}", psnr=quality.psnr)
    ssim = "–" if math.isnan(quality.ssim) else tr("{ssim:.3f}", ssim=quality.ssim)
    return tr(
        "PSNR {psnr} dB · SSIM {ssim} · accuracy {accuracy}", psnr=psnr, ssim=ssim, accuracy=percent(quality.accuracy)
    )


def describe_input(session: Session) -> str:
    """Return size and name of the input, and its figures as it stands."""
    if not session.input:
        return ""
    picture = session.input.picture
    quality = session.comparison.do_nothing if session.comparison else session.input_quality
    first = f"{picture.size_text} px · {session.input.name}"
    brighter = tr("Shown brighter than in the file") if session.input.white < 1.0 else None
    return _lines(first, brighter, tr("Original: {figures}", figures=describe_figures(quality)) if quality else None)


def describe_truth(session: Session) -> str:
    """Return size and name of the ground truth."""
    if not session.truth:
        return ""
    return f"{session.truth.picture.size_text} px · {session.truth.name}"


def describe_result(session: Session) -> str:
    """Return the blur that was found, if one was looked for; size, device and time of the result, and its figures."""
    if not session.result:
        return ""
    restored = session.result.restored
    device = restored.device.partition(" (")[0]  # the processor's full name would push the figures out of sight
    first = tr(
        "{size_text} px · {seconds:.1f} s on {device}",
        size_text=restored.picture.size_text,
        seconds=restored.seconds,
        device=device,
    )
    blur_label = restored.estimate.label if restored.estimate else None
    return _lines(blur_label, first, describe_figures(session.comparison.result) if session.comparison else None)


def describe_psf(psf: Psf | None) -> str:
    """Return a PSF that was given in the PSF editor, in a few words; "" for none."""
    return lower_first(psf.describe()) if psf else ""


def describe_training(preview: Preview) -> tuple[str, str]:
    """Return captions of input and predicted picture of a held-out pair during training."""
    size = tr("{shape} × {shape_2} px · training", shape=preview.sharp.shape[1], shape_2=preview.sharp.shape[0])
    return _lines(size, tr("Blurred: {figures}", figures=describe_figures(preview.do_nothing))), _lines(
        size, describe_figures(preview.quality)
    )


def _lines(*parts: str | None) -> str:
    return "\n".join(part for part in parts if part)
