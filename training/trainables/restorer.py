"""The restorers as something to train: one for photos alone, one that is also given deconvolved pictures."""

from __future__ import annotations

from dataclasses import replace

from deblur_app.core.texts import tr_later
from training.trainables import picture_networks
from training.trainables.trainable import Trainable

RESTORER = Trainable(
    name="restorer",
    architecture="restorer",
    label=tr_later("The blind restorer"),
    explanation=tr_later("It restores photos of any size and blur, and adapts to their noise."),
    good_for=tr_later("Repairing photos whose blur is not known."),
    numbers=1_638_028,
    file="restorer.toml",
    card="restorer-blind.json",
    objective=picture_networks.objective,
    open_batches=picture_networks.open_batches,
    forecast=picture_networks.FORECAST,
    access_key="r",
    proposed_for=("synthetic", "scenes"),
)

RESTORER_PSF = replace(
    RESTORER,
    name="restorer-psf",
    label="The restorer for known blurs",
    explanation="It removes the noise and the rings that deconvolution leaves in a photo.",
    good_for="Repairing photos whose blur is given or can be estimated: sharper, with few artefacts.",
    numbers=1_644_940,
    file="restorer_psf.toml",
    card="restorer-psf.json",
    deconvolved=True,
    access_key="w",
    proposed_for=(),
)
