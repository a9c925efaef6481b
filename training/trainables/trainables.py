"""The networks of the project that can be trained. A new one is a file beside this and an entry here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from training.trainables.autoencoder import AUTOENCODER
from training.trainables.psf_estimator import PSF_ESTIMATOR
from training.trainables.restorer import RESTORER, RESTORER_PSF

if TYPE_CHECKING:
    from training.config.config import TrainingConfig
    from training.config.sections import Source
    from training.trainables.trainable import Trainable

_ALL = (AUTOENCODER, RESTORER, RESTORER_PSF, PSF_ESTIMATOR)

TRAINABLES: dict[str, Trainable] = {each.name: each for each in _ALL}
"""The networks by name, in the order in which they are offered."""


def propose_network(source: Source) -> str:
    """Return the name of the network that is proposed for a source of pairs."""
    able = [each for each in _ALL if source in each.sources]
    return next((each for each in able if source in each.proposed_for), able[0]).name


def trainable_of(config: TrainingConfig) -> Trainable:
    """Return the network that `config` trains."""
    key = config.network.architecture, config.data.deconvolved
    return next(each for each in _ALL if (each.architecture, each.deconvolved) == key)
