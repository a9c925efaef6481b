"""Description of a network that can be trained; each family has a file with its own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from deblur_app.core.resources import resource
from deblur_app.core.texts import tr, tr_later
from training.config.config import TrainingConfig, read_config
from training.config.families import FAMILIES

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from deblur_app.core.task import Task
    from training.batches.batch_source import Batch, BatchSource
    from training.batches.part import Part
    from training.config.families import Family
    from training.config.sections import Architecture, Source
    from training.data.dataset import PairArrays
    from training.learning.objectives import Objective
    from training.runs.run import Run

_CONFIGS = Path(__file__).parents[1] / "configs"


@dataclass(frozen=True)
class Inputs:
    """The arguments that a source of batches is opened with.

    Attributes:
        config: The settings.
        run: The run, which knows its files.
        epochs_done: How many epochs a training has behind it.
        part: The part of each batch that is wanted.
        loaded: Pairs of files that are read already; None where they are still to be read, or are made.
    """

    config: TrainingConfig
    run: Run
    epochs_done: int
    part: Part
    loaded: PairArrays | None = None


@dataclass(frozen=True)
class ForecastRules:
    """The rules by which the cost of a family is forecast.

    Attributes:
        example_batch: Settings → a batch of noise as large as a real one.
        make_examples: Settings, a photograph and a count → makes so many pairs or crops of it.
        kept_crops: Settings → crops that are made before the first epoch and kept; 0 where all are made in between.
        crop_bytes: Bytes of such a crop.
    """

    example_batch: Callable[[TrainingConfig, np.random.Generator], Batch]
    make_examples: Callable[[TrainingConfig, NDArray[np.uint8], int], None]
    kept_crops: Callable[[TrainingConfig], int] = lambda _config: 0
    crop_bytes: int = 0


@dataclass(frozen=True)
class Trainable:
    """A network that can be trained.

    Attributes:
        name: Its key in `TRAINABLES`.
        architecture: The network's name in configurations and cards.
        label: What people call it.
        explanation: One sentence: what it does.
        good_for: One sentence: when to choose it.
        numbers: How many weights it has with the settings of its file.
        file: The file in `training/configs` with its settings.
        card: The card of the model of its kind that comes with the program, among the bundled weights.
        objective: Settings → what it learns.
        open_batches: Opens the source of its batches, which also has what judges it.
        forecast: What a forecast has to know of it.
        deconvolved: Whether it is also given deconvolved pictures.
        usual: What its usual settings are called.
        synthetic_steps: Batches of synthetic pairs in an epoch, where its own settings know only pairs of files.
        access_key: The letter of its label that chooses it together with Alt, in a window; "" for none.
        proposed_for: The sources that it is proposed for, where nothing was chosen yet.
    """

    name: str
    architecture: Architecture
    label: str
    explanation: str
    good_for: str
    numbers: int
    file: str
    card: str
    objective: Callable[[TrainingConfig], Objective]
    open_batches: Callable[[Inputs], Task[BatchSource]]
    forecast: ForecastRules
    deconvolved: bool = False
    usual: str = tr_later("As published")
    synthetic_steps: int = 50
    access_key: str = ""
    proposed_for: tuple[Source, ...] = ()

    @property
    def family(self) -> Family:
        """Return what settings have to satisfy."""
        return FAMILIES[self.architecture]

    @property
    def sources(self) -> tuple[Source, ...]:
        """Return what it can learn from, see `Data.source`; the first is its usual one."""
        return tuple(source for source in self.family.sources if not self.deconvolved or source == "synthetic")

    @property
    def can_watch(self) -> bool:
        """True if it can show a photo of the user's own after each epoch."""
        return self.family.restores_pictures and not self.deconvolved

    def config(self) -> TrainingConfig:
        """Read its usual settings.

        Raises:
            DeblurError: The file is missing or broken.
        """
        return read_config(_CONFIGS / self.file)

    def find_bundled_card(self) -> Path | None:
        """Return the card of the model of its kind that comes with the program; None where that was left out."""
        card = resource("weights", self.card)
        return card if card.is_file() else None

    @property
    def size(self) -> str:
        """The number of weights and the size of the file, in words."""
        return tr(
            "{numbers:.2g} million weights, {numbers_2:.2g} MB as a file",
            numbers=self.numbers / 1e6,
            numbers_2=self.numbers * 2 / 1e6,
        )
