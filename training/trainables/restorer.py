"""The restorers as something to train: one for photos alone, one that is also given deconvolved pictures."""

from __future__ import annotations

from dataclasses import replace

from training.trainables import picture_networks
from training.trainables.trainable import Trainable

RESTORER = Trainable(
    name="restorer",
    architecture="restorer",
    label="The blind restorer",
    explanation="A network of residual blocks that works on whole photos and is told how noisy they are.",
    good_for="Repairing photos whose blur nobody knows.",
    numbers=1_638_028,
    file="restorer.toml",
    card="restorer-blind.json",
    objective=picture_networks.objective,
    open_batches=picture_networks.open_batches,
    forecast=picture_networks.FORECAST,
)

RESTORER_PSF = replace(
    RESTORER,
    name="restorer-psf",
    label="The restorer for known blurs",
    explanation="It perfects what deconvolution makes of a photo, and is also shown what that is.",
    good_for="Repairing photos whose blur is given or was found: crisper, and calm where deconvolution rings.",
    numbers=1_644_940,
    file="restorer_psf.toml",
    card="restorer-psf.json",
    deconvolved=True,
)
