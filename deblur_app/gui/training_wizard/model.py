"""The state of the training wizard: what was chosen on its pages, and which page is shown. It knows no Qt.

What only later pages need is imported and read when it is first asked for: the first page opens without.
"""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deblur_app.core.errors import DeblurError
from deblur_app.core.texts import tr
from deblur_app.gui.training_wizard.choices.blur_choice import BlurChoice
from deblur_app.gui.training_wizard.state import AUTO, BUNDLED, SCRATCH, PageId, WizardState

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from deblur_app.engine.devices import Device
    from deblur_app.gui.training_wizard.choices.settings_choice import SettingsChoice
    from deblur_app.gui.training_wizard.state import OpenPhoto
    from training.config.config import TrainingConfig
    from training.config.sections import Source
    from training.data.pairs import Pair, PairList
    from training.data.training_inputs import TrainingInputs

_LATER = {"network", "start", "device", "shows_advanced"}
"""Fields of the state that are recalled when a later page is first needed."""


class WizardModel:
    """The state of the wizard, which its pages read and change, and whose changes they are told of."""

    def __init__(self, remembered: Callable[[str], Mapping[str, Any]] | None = None) -> None:
        """Begin with what was chosen the last time.

        Args:
            remembered: Returns the answers that were remembered for “pictures”, “model” or “settings”.
        """
        self._remembered = remembered or (lambda _: {})
        self._has_recalled = False
        self._listeners: list[tuple[frozenset[str], Callable[[], object]]] = []
        pictures = self._remembered("pictures")
        self._folders = pictures.get("folders")
        self.state = WizardState(blurs=BlurChoice().recall(pictures))

    def on_change(self, tell: Callable[[], object], *fields: str) -> None:
        """Call `tell` whenever one of these fields of `WizardState` gets another value."""
        if unknown := set(fields) - WizardState.__dataclass_fields__.keys():
            raise ValueError(f"The wizard has no {', '.join(sorted(unknown))}.")
        self._listeners.append((frozenset(fields), tell))

    def change(self, **values: Any) -> None:
        """Change fields of the state, and tell those who want to know, once each."""
        if _LATER & values.keys():
            self._recall()
        before, self.state = self.state, replace(self.state, **values)
        changed = {name for name in values if getattr(before, name) != getattr(self.state, name)}
        for fields, tell in list(self._listeners):
            if fields & changed:
                tell()

    # --- what is chosen ---------------------------------------------------------------------------------------------

    @property
    def page(self) -> PageId:
        """The page that is shown."""
        return self.state.page

    @property
    def inputs(self) -> TrainingInputs:
        """The pictures to learn from; none before the first choice."""
        if self.state.inputs is None:
            from training.data.training_inputs import TrainingInputs

            return TrainingInputs()
        return self.state.inputs

    @property
    def has_inputs(self) -> bool:
        """True if there is something to learn from."""
        return self.state.inputs is not None and self.state.inputs.count > 0

    @property
    def pairs(self) -> list[Pair]:
        """The pairs of files to learn from; none where pairs are made of photographs."""
        return self.inputs.pairs.pairs

    @property
    def photos(self) -> tuple[Path, ...]:
        """The photographs to make pairs of; none where there are pairs of files."""
        return self.state.inputs.photos if self.state.inputs else ()

    @property
    def source(self) -> Source:
        """The source of the pairs."""
        return self.state.inputs.source if self.state.inputs else "pairs"

    @property
    def network(self) -> str:
        """The key of the chosen network; that of the proposed one where the chosen one cannot learn from the inputs."""
        from training.trainables.trainables import TRAINABLES, propose_network

        self._recall()
        chosen = TRAINABLES.get(self.state.network)
        return chosen.name if chosen and self.source in chosen.sources else propose_network(self.source)

    @property
    def start_weights(self) -> str:
        """The weights that the network starts from, in the words of `Network.start`; `SCRATCH` for random ones."""
        from training.trainables.trainables import TRAINABLES

        self._recall()
        weights, network = self.state.start
        fits = TRAINABLES[self.network].find_bundled_card() if weights == BUNDLED else network == self.network
        return weights if fits else SCRATCH

    @property
    def settings(self) -> SettingsChoice:
        """The settings for the chosen network and pictures; at first, those of the last time."""
        chosen = self.state.settings
        if chosen is None:
            from deblur_app.gui.training_wizard.choices.settings_choice import SettingsChoice

            chosen = SettingsChoice(self.network, self.source).recall(self._remembered("settings"))
            self.state = replace(self.state, settings=chosen)
        return chosen.adapt_to(self.network, self.source)

    @property
    def device(self) -> str:
        """The name of the chosen device; `AUTO` where there is none of that name."""
        self._recall()
        return self.state.device if any(each.name == self.state.device for each in self.state.devices) else AUTO

    @property
    def watches_photo(self) -> bool:
        """True if the open photo is to be shown after each epoch."""
        return self.settings.watches_photo and self.settings.can_watch and self.state.photo.path is not None

    @property
    def run_folder(self) -> Path:
        """The folder to train into; a new one is proposed where none is typed."""
        if not self.state.folder.strip():
            self.propose_folder()
        return Path(self.state.folder.strip()).expanduser()

    def config(self) -> TrainingConfig:
        """Return all choices as one configuration.

        Raises:
            DeblurError: A value is out of its range, or the choices do not go together.
        """
        config, photo = self.settings.config(), self.state.photo
        data = config.data
        if self.photos:
            blurs = self.state.blurs.ranges(photo.blur, data.blurs or None)
            data = replace(data, photos=tuple(map(str, self.inputs.folders)), blurs=blurs)
        if self.watches_photo:
            data = replace(data, watch=str(photo.path))
        network = replace(config.network, start=self.start_weights)
        return replace(config, device=self.device, data=data, network=network)

    # --- changes ----------------------------------------------------------------------------------------------------

    def go_to(self, page: PageId) -> None:
        """Show a page; one that is shown already comes to its beginning again."""
        if page == PageId.SETTINGS:
            self.propose_folder()
        if page == self.page:
            for fields, tell in list(self._listeners):
                if "page" in fields:
                    tell()
        self.change(page=page)

    def take_inputs(self, inputs: TrainingInputs) -> None:
        """Learn from these pictures."""
        self.change(inputs=inputs)

    def take_pairs(self, pairs: PairList) -> None:
        """Learn from these pairs of the folders that are chosen, because some were left out or turned."""
        self.change(inputs=replace(self.inputs, pairs=pairs))

    def choose_blurs(self, blurs: BlurChoice) -> None:
        """Make pairs with these blurs."""
        self.change(blurs=blurs)

    def choose_network(self, name: str) -> None:
        """Train this network, a key of `TRAINABLES`."""
        self.change(network=name)

    def start_from(self, weights: str) -> None:
        """Start the chosen network from these weights."""
        self.change(start=(weights, self.network))

    def choose_settings(self, settings: SettingsChoice) -> None:
        """Train with these settings."""
        self.change(settings=settings)

    def set_value(self, key: str, value: Any) -> None:
        """Change one setting, by its key."""
        self.change(settings=self.settings.with_value(key, value))

    def take_config(self, config: TrainingConfig) -> None:
        """Train with the settings of a file, and with its network.

        Raises:
            DeblurError: They are for other pictures than those that are chosen.
        """
        settings = self.settings.with_config(config)
        if settings.source != self.source:
            needed = tr("sharp photos") if settings.is_synthetic else tr("pairs of blurred and sharp photos")
            raise DeblurError(tr("These settings are for {needed}. Choose a folder of those first.", needed=needed))
        device = config.device if config.device != AUTO else self.state.device
        self.change(network=settings.network, settings=settings, device=device)

    def set_devices(self, devices: Sequence[Device]) -> None:
        """List the devices, once the engine knows them."""
        self.change(devices=tuple(devices))

    def set_photo(self, photo: OpenPhoto) -> None:
        """Take note of the photo that is open in the window."""
        self.change(photo=photo)

    def propose_folder(self) -> None:
        """Propose a folder that is not there yet, beside the one that is typed."""
        from training.runs.run_list import runs_folder

        typed = self.state.folder.strip()
        self.change(folder=str(new_run_folder(Path(typed).expanduser().parent if typed else runs_folder())))

    # --- from one start to the next ---------------------------------------------------------------------------------

    def answers(self) -> dict[str, dict[str, Any]]:
        """Return the choices, to be remembered, by page; a page that was never needed has no new ones."""
        state = self.state
        folders = [str(folder) for folder in self.inputs.folders]
        answers = {"pictures": {"folders": folders, **state.blurs.answers()}}
        if self._has_recalled:
            answers["model"] = {"network": state.network, "start": state.start[0], "start_of": state.start[1]}
        if state.settings:
            answers["settings"] = {**self.settings.answers(), "device": state.device, "more": state.shows_advanced}
        return answers

    def list_remembered_folders(self) -> list[Path]:
        """Return the folders of the pictures of the last time; none where one of them is gone."""
        folders = self._folders
        if isinstance(folders, list) and all(isinstance(name, str) and Path(name).is_dir() for name in folders):
            return [Path(name) for name in folders]
        return []

    def _recall(self) -> None:
        """Choose what was remembered for the later pages, as far as it is still there; once."""
        if self._has_recalled:
            return
        self._has_recalled = True
        chosen, settings = self._remembered("model"), self._remembered("settings")
        network, start, start_of = (_text(chosen.get(name)) for name in ("network", "start", "start_of"))
        self.state = replace(
            self.state,
            network=network,
            start=(start, start_of) if start == BUNDLED or Path(start).is_file() else (SCRATCH, ""),
            device=_text(settings.get("device")) or AUTO,
            shows_advanced=settings.get("more") is True,
        )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def new_run_folder(parent: Path) -> Path:
    """Return a folder in `parent` that is not there yet, named after the time, so that runs sort by age."""
    name = time.strftime("%Y-%m-%d %H-%M-%S")
    count = sum(1 for _ in parent.glob(f"{name}*")) if parent.is_dir() else 0
    return parent / (f"{name} {count + 1}" if count else name)
