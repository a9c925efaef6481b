"""The state of the training wizard as values, without Qt."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING

from deblur_app.gui.training_wizard.choices.blur_choice import BlurChoice

if TYPE_CHECKING:
    from pathlib import Path

    from deblur_app.blur.kinds import Blur
    from deblur_app.engine.devices import Device
    from deblur_app.gui.training_wizard.choices.settings_choice import SettingsChoice
    from training.data.training_inputs import TrainingInputs
    from training.runs.run import Run

AUTO = "auto"
"""The device that is chosen by the program."""

BUNDLED = "bundled"
"""The weights to start from that come with the program, in the words of `Network.start`."""

SCRATCH = ""
"""No weights to start from: random ones."""


class PageId(IntEnum):
    """The pages: the five steps in their order, and the pair doctor, which belongs to the first step."""

    PICTURES = 0
    MODEL = 1
    SETTINGS = 2
    TRAINING = 3
    RESULT = 4
    DOCTOR = 5

    @property
    def step(self) -> PageId:
        """The step that this page belongs to."""
        return PageId.PICTURES if self is PageId.DOCTOR else self


STEPS = tuple(page for page in PageId if page.step is page)
"""The pages that are steps, in their order."""


@dataclass(frozen=True)
class OpenPhoto:
    """The photo that is open in the window.

    Attributes:
        path: Its file; None where it has none.
        blur: The blur that was estimated for it; None before.
        label: That blur in words.
    """

    path: Path | None = None
    blur: Blur | None = None
    label: str = ""


@dataclass(frozen=True)
class WizardState:
    """All that the wizard holds.

    Attributes:
        page: The page that is shown.
        inputs: The pictures to learn from; None before the first choice.
        blurs: The blurs that pairs are made with.
        network: The network that the user chose, as a key of `TRAINABLES`; "" where the proposed one holds.
        start: The weights it starts from, in the words of `Network.start`, with the network they were chosen for.
        settings: The settings; None before they are first needed.
        device: The name of the device that the user chose.
        devices: The devices there are, once the engine knows them.
        folder: The folder of the next run, as it is typed.
        photo: The photo that is open in the window.
        shows_advanced: Whether the settings for experts are unfolded.
        last_finished: The run that came to its end last.
    """

    page: PageId = PageId.PICTURES
    inputs: TrainingInputs | None = None
    blurs: BlurChoice = field(default_factory=BlurChoice)
    network: str = ""
    start: tuple[str, str] = (SCRATCH, "")
    settings: SettingsChoice | None = None
    device: str = AUTO
    devices: tuple[Device, ...] = ()
    folder: str = ""
    photo: OpenPhoto = field(default_factory=OpenPhoto)
    shows_advanced: bool = False
    last_finished: Run | None = None
