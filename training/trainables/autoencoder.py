"""The paper's autoencoder as something to train."""

from __future__ import annotations

from deblur_app.core.texts import tr_later
from training.trainables import picture_networks
from training.trainables.trainable import Trainable

AUTOENCODER = Trainable(
    name="autoencoder",
    architecture="autoencoder",
    label=tr_later("The paper's autoencoder"),
    explanation=tr_later("It compresses each square of 128 × 128 pixels to 256 numbers and reconstructs it from them."),
    good_for=tr_later("Repeating the paper, and trying training out: it learns from pairs of any kind."),
    numbers=34_951_683,
    file="paper.toml",
    card="autoencoder.json",
    objective=picture_networks.objective,
    open_batches=picture_networks.open_batches,
    forecast=picture_networks.FORECAST,
    usual="Paper",
    access_key="u",
    proposed_for=("pairs",),
)
