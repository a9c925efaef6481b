"""The paper's autoencoder as something to train."""

from __future__ import annotations

from training.trainables import picture_networks
from training.trainables.trainable import Trainable

AUTOENCODER = Trainable(
    name="autoencoder",
    architecture="autoencoder",
    label="The paper's autoencoder",
    explanation="It compresses each square of 128 × 128 pixels to 256 numbers and reconstructs it from them.",
    good_for="Repeating the paper, and trying training out: it learns from pairs of any kind.",
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
