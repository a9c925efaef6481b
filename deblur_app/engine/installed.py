"""Models that the user has installed: folders in the user's data, each with a card, weights, curve and thumbnails."""

from __future__ import annotations

import itertools
import logging
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deblur_app.core.errors import DeblurError
from deblur_app.core.model_card import card_content
from deblur_app.core.task import Progress, Task, portion
from deblur_app.core.unfinished import remove_whole, unfinished_folder
from deblur_app.engine import bundle

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

log = logging.getLogger(__name__)

_LONGEST_NAME = 60
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
"""Names that no folder can have on Windows."""


@dataclass(frozen=True)
class InstalledModel:
    """A model in the user's data.

    Attributes:
        name: The name of its folder, by which it is chosen and removed.
        card: Its card.
        architecture: What kind of network it is.
        parameters: What decides the network's size.
        content: All that the card says, as it stands in the file.
    """

    name: str
    card: Path
    architecture: str
    parameters: Mapping[str, Any]
    content: Mapping[str, Any] = field(repr=False)

    @property
    def curve(self) -> Path:
        """The epochs of its training, a list in JSON; the file may be missing."""
        return self.card.with_name(bundle.CURVE)

    @property
    def thumbnails(self) -> list[Path]:
        """Held-out pictures and what it made of them, by name."""
        return sorted((self.card.parent / bundle.THUMBNAILS).glob("*.jpg"))


def models_folder() -> Path:
    """Where installed models lie."""
    import platformdirs

    return platformdirs.user_data_path("Deblur") / "trained"


def installed(place: Path | None = None, *, architecture: str | None = None) -> list[InstalledModel]:
    """The installed models by name; what is broken is left out and logged. Loads no TensorFlow.

    Args:
        place: The folder with the models; None takes the user's.
        architecture: Only networks of this kind.
    """
    models = list(_readable(models_folder() if place is None else place))
    return [model for model in models if architecture in (None, model.architecture)]


def card_of(model: str) -> Path:
    """The card of a model as people choose it: the name of an installed one, or the path of a card."""
    chosen = None if Path(model).exists() else find(model)
    return chosen.card if chosen else Path(model)


def find(name: str, place: Path | None = None) -> InstalledModel | None:
    """The model called `name`, or None."""
    return next((model for model in installed(place) if model.name == name), None)


def install(path: Path, place: Path | None = None) -> Task[InstalledModel]:
    """Check a `.deblur` file and install its model, whole or not at all.

    The network is built and its weights are loaded once, so that what is installed is known to work. A model that is
    installed already is not installed twice.

    Args:
        path: The file.
        place: The folder with the models; None takes the user's.

    Raises:
        DeblurError: The file cannot be read, is broken or hostile, or the disk is full. Nothing is left behind.
    """
    place = models_folder() if place is None else place
    yield Progress(0.0, "Checking the model")
    needed = bundle.summary(path).size
    with unfinished_folder(place) as folder:
        if shutil.disk_usage(place).free < needed:
            raise DeblurError(f"The disk of {place} has no room for the {needed / 1e6:.0f} MB of {path.name}.")
        yield from portion(bundle.unpack(path, folder), 0.0, 0.4)
        yield Progress(0.4, "Trying the model")
        _try_out(folder / bundle.CARD, path)
        yield Progress(0.9, "Installing the model")
        return _moved(folder, place)


def remove(name: str, place: Path | None = None) -> None:
    """Remove an installed model.

    Raises:
        DeblurError: There is none of this name, or it cannot be removed.
    """
    model = find(name, place)
    if model is None:
        names = ", ".join(each.name for each in installed(place)) or "none"
        raise DeblurError(f"No model “{name}” is installed. Installed: {names}.")
    remove_whole(model.card.parent)


def _readable(place: Path) -> Iterator[InstalledModel]:
    for card in sorted(place.glob(f"*/{bundle.CARD}"), key=lambda path: path.parent.name.casefold()):
        if card.parent.name.startswith("."):  # it is being made, or removed
            continue
        try:
            yield _read(card)
        except DeblurError as error:
            log.warning("The model %s is skipped: %s", card.parent, error)


def _read(card: Path) -> InstalledModel:
    """The model of a card, as far as a list needs it.

    Raises:
        DeblurError: It is no card.
    """
    content = card_content(card)
    parameters, files = content.get("parameters"), content.get("files")
    if not isinstance(parameters, dict) or not isinstance(files, dict):
        raise DeblurError(f"The model card {card} is broken.")
    return InstalledModel(card.parent.name, card, content["architecture"], parameters, content)


def _try_out(card: Path, path: Path) -> None:
    """Build the network and load its weights, which checks all that a card and weights can get wrong."""
    from deblur_app.engine import devices

    devices.load_engine()
    from deblur_app.networks import weights  # TensorFlow prints unless the engine has loaded it

    try:
        weights.load(card)
    except DeblurError as error:
        raise DeblurError(f"{path.name} holds no model that works. {error}") from error


def _moved(folder: Path, place: Path) -> InstalledModel:
    """Give the folder its name, which makes it an installed model, unless the same model is there."""
    new = _read(folder / bundle.CARD)
    for model in installed(place, architecture=new.architecture):
        if _hashes(model) == _hashes(new):
            return model
    wanted = _folder_name(str(new.content.get("name", "")))
    names = itertools.chain([wanted], (f"{wanted}-{number}" for number in itertools.count(2)))
    for target in map(place.joinpath, names):
        if target.exists():
            continue
        try:
            folder.rename(target)
        except OSError as error:
            if target.exists():  # another process was quicker
                continue
            raise DeblurError(f"{target} cannot be made: {error.strerror}.") from error
        return _read(target / bundle.CARD)
    raise AssertionError("there is always another name")


def _hashes(model: InstalledModel) -> dict[str, str]:
    return {part: str(entry.get("sha256")) for part, entry in model.content.get("files", {}).items()}


def _folder_name(name: str) -> str:
    """A name that a folder can have on every system."""
    plain = re.sub(r"[^\w -]+", "-", name[:_LONGEST_NAME]).strip(" -_")
    return plain if plain and plain.casefold() not in _RESERVED else f"model-{plain}".rstrip("-")
