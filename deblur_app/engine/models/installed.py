"""Models that the user has installed: folders in the user's data, each with a card, weights, curve and thumbnails."""

from __future__ import annotations

import itertools
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deblur_app.core.amounts import describe_bytes
from deblur_app.core.errors import DeblurError, shorten
from deblur_app.core.files.unfinished import create_unfinished_folder
from deblur_app.core.formats.model_card import card_content
from deblur_app.core.task import Progress, Task, subtask
from deblur_app.core.texts import tr
from deblur_app.engine.models import bundle
from deblur_app.engine.models.model_folders import ModelFolders

if TYPE_CHECKING:
    from collections.abc import Mapping

_LONGEST_NAME = 60
"""Characters of the name of a model at most."""
_FORBIDDEN = frozenset('<>:"/\\|?*')
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


@dataclass(frozen=True)
class Installation:
    """The outcome of installing a file.

    Attributes:
        model: The model, under the name that it has now.
        wished_name: The name that it should have.
        is_new: Whether it was not there before.
    """

    model: InstalledModel
    wished_name: str
    is_new: bool

    @property
    def sentence(self) -> str:
        """The outcome, for the user."""
        if not self.is_new:
            return tr("This model is installed already, as “{name}”.", name=self.model.name)
        if self.model.name != self.wished_name:
            return tr(
                "“{wished_name}” is another model, so this one was installed as “{name}”.",
                wished_name=self.wished_name,
                name=self.model.name,
            )
        return tr("The model “{name}” was installed.", name=self.model.name)


def models_folder() -> Path:
    """Return the folder of installed models."""
    import platformdirs

    return platformdirs.user_data_path("Deblur") / "trained"


def list_installed(place: Path | None = None, *, architecture: str | None = None) -> list[InstalledModel]:
    """Return the installed models by name; what is broken is left out and logged. Loads no TensorFlow.

    Args:
        place: The folder with the models; None takes the user's.
        architecture: Only networks of this kind.
    """
    return [model for model in _folders(place).models() if architecture in (None, model.architecture)]


def card_of(model: str) -> Path:
    """Return the card of a model as people choose it: the name of an installed one, or the path of a card.

    Raises:
        DeblurError: There is neither, or it is a model in one file that has to be installed first.
    """
    path = Path(model)
    if path.is_file() and bundle.is_bundle(path):
        raise DeblurError(
            tr("“{name}” has to be installed first, with “deblur models add”, then choose it by name.", name=path.name)
        )
    if path.is_file() or (installed_model := find(model)) is None:
        return path
    return installed_model.card


def find(name: str, place: Path | None = None) -> InstalledModel | None:
    """Return the model called `name`, or None."""
    return next((model for model in list_installed(place) if model.name == name), None)


def install(path: Path, place: Path | None = None, *, name: str | None = None) -> Task[Installation]:
    """Check a `.deblur` file and install its model, whole or not at all.

    The network is built and its weights are loaded once, so that what is installed is known to work. A model is called
    as its file. One with the same name and the same weights is not installed twice, also by two processes at a time;
    one with the same name and other weights gets a number behind its name.

    Args:
        path: The file.
        place: The folder with the models; None takes the user's.
        name: What to call it instead; just so, without a number.

    Raises:
        DeblurError: The file cannot be read, is broken or hostile, or the disk is full; or another model has the name
            that was given, or no folder can have it. Nothing is left behind.
    """
    place = models_folder() if place is None else place
    if name is not None and folder_name(name) != name:
        raise DeblurError(
            tr(
                "A model cannot be called “{reason}”. Call it “{folder_name}”, for example.",
                reason=shorten(name, 80),
                folder_name=folder_name(name),
            )
        )
    yield Progress(0.0, tr("Checking the model"))
    needed = bundle.summary(path).size
    with create_unfinished_folder(place) as folder:
        if shutil.disk_usage(place).free < needed:
            raise DeblurError(
                tr(
                    "The disk of “{place}” has no room for the {bytes} of “{name}”.",
                    place=place,
                    bytes=describe_bytes(needed),
                    name=path.name,
                )
            )
        yield from subtask(bundle.unpack(path, folder), 0.0, 0.4)
        yield Progress(0.4, tr("Testing the model"))
        _try_out(folder / bundle.CARD, path)
        yield Progress(0.9, tr("Installing the model"))
        return _move(folder, place, name or folder_name(path.stem), may_number=name is None)


def remove(name: str, place: Path | None = None) -> None:
    """Remove an installed model.

    Raises:
        DeblurError: There is none of this name, or it cannot be removed.
    """
    model = find(name, place)
    if model is None:
        names = ", ".join(each.name for each in list_installed(place)) or "none"
        raise DeblurError(tr("No model “{name}” is installed. Installed: {names}.", name=name, names=names))
    _folders(place).remove(name)


def _folders(place: Path | None) -> ModelFolders[InstalledModel]:
    return ModelFolders(models_folder() if place is None else place, bundle.CARD, _read)


def _read(card: Path) -> InstalledModel:
    """Return the model of a card, as far as a list needs it.

    Raises:
        DeblurError: It is no card.
    """
    content = card_content(card)
    if "parameters" not in content or "files" not in content:
        raise DeblurError(tr("The model card “{card}” is broken.", card=card))
    return InstalledModel(card.parent.name, card, content["architecture"], content["parameters"], content)


def _try_out(card: Path, path: Path) -> None:
    """Build the network and load its weights, which checks all that a card and weights can get wrong."""
    from deblur_app.engine import devices

    devices.load_engine()
    from deblur_app.networks import weights  # TensorFlow prints unless the engine has loaded it

    try:
        weights.load(card)
    except DeblurError as error:
        raise DeblurError(tr("“{name}” holds no model that works. {error}", name=path.name, error=error)) from error


def _move(folder: Path, place: Path, wished_name: str, *, may_number: bool) -> Installation:
    """Give the folder its name, which makes it an installed model, unless the same model has that name already.

    A folder gets its name in one step, which fails where the name is taken: of two processes with one model, the second
    finds what the first has installed.
    """
    new = _read(folder / bundle.CARD)
    for number in itertools.count(1):
        target = place / (wished_name if number == 1 else f"{wished_name}-{number}")
        if not target.exists():
            try:
                folder.rename(target)
            except OSError as error:
                if not target.exists():
                    raise DeblurError(
                        tr("“{target}” cannot be made: {reason}.", target=target, reason=error.strerror)
                    ) from error
            else:
                return Installation(_read(target / bundle.CARD), wished_name, is_new=True)
        if (there := _read_or_none(target / bundle.CARD)) and _weights(there) == _weights(new):
            return Installation(there, wished_name, is_new=False)
        if not may_number:
            raise DeblurError(
                tr(
                    "Another model is called “{wished_name}”. Choose another name, or remove that model first.",
                    wished_name=wished_name,
                )
            )
    raise AssertionError("there is always another name")


def _read_or_none(card: Path) -> InstalledModel | None:
    try:
        return _read(card)
    except DeblurError:
        return None


def _weights(model: InstalledModel) -> tuple[str, dict[str, str]]:
    """Return the identity of a model: the kind of network, and the hash of each of its parts."""
    return model.architecture, {part: entry["sha256"] for part, entry in model.content["files"].items()}


def folder_name(name: str) -> str:
    """Return a name like `name` that a folder can have on every system."""
    plain = "".join("-" if letter in _FORBIDDEN or not letter.isprintable() else letter for letter in name)
    plain = plain[:_LONGEST_NAME].strip(" .-")
    return plain if plain and plain.split(".")[0].casefold() not in _RESERVED else f"model-{plain}".rstrip("-")
