"""Export of a run, or of the card of a model, as one `.deblur` file with its curve and pictures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from deblur_app.core.errors import DeblurError
from deblur_app.core.files.file_names import iterate_names
from deblur_app.core.files.targets import ProtectedFiles
from deblur_app.core.formats.model_card import model_name
from deblur_app.core.texts import tr
from deblur_app.engine.models import bundle
from training.runs import epoch_pictures
from training.runs.run import Run, without_nan

if TYPE_CHECKING:
    from deblur_app.core.task import Task

_SHOWN = 4
"""Pairs whose pictures are part of it."""

_LARGEST_PICTURE = 500_000
"""Bytes of a picture file; larger ones are left out."""

_MOST_EPOCHS = 2000
"""Epochs in the curve of a bundle; of more, evenly spread ones are taken."""


def export_bundle(
    source: Path, target: Path | None = None, *, name: str | None = None, may_replace: bool = True
) -> Task[Path]:
    """Write a model as one file that others can drop on the window.

    Args:
        source: The folder of a run whose training has ended, or the card of a model.
        target: The file to write; None makes “NAME.deblur” in the current folder.
        name: What to call the model; None takes what its card says.
        may_replace: Whether a file that is there is replaced; a name that was not given gets a number then.

    Returns:
        The file.

    Raises:
        DeblurError: There is no model, it is broken, or the file cannot be written.
    """
    run = Run(source if source.is_dir() else source.parent)
    card = run.card if source.is_dir() else source
    if source.is_dir() and not card.is_file():
        raise DeblurError(
            tr(
                "“{source}” has no model yet. Let the training end, or stop it and keep the best; it goes on with: "
                "deblur-train resume {source}",
                source=source,
            )
        )
    if target is None:
        stem = _file_name(name or model_name(card) or card.stem)
        names = iterate_names(Path(), stem, "", bundle.SUFFIX)
        target = next(path for path in names if may_replace or not path.exists())
    if not bundle.is_bundle(target):
        target = target.with_name(f"{target.name}{bundle.SUFFIX}")
    if target in ProtectedFiles([card, run.folder]):
        raise DeblurError(
            tr("“{target}” is the model itself and is never overwritten. Choose another name.", target=target)
        )
    if target.exists() and not may_replace:
        raise DeblurError(
            tr("“{target}” exists already. Choose another name, or add --overwrite to replace it.", target=target)
        )
    own = run if card == run.card else None
    curve = [without_nan(event) for event in _thin_curve(own.events("epoch"))] if own else []
    pictures = _thumbnails(own) if own else {}
    return (yield from bundle.write_bundle(card, target, curve=curve, thumbnails=pictures, name=name))


def _thumbnails(run: Run) -> dict[str, bytes]:
    """Return the first held-out pictures, and their restoration at the best epoch, or the last that has pictures."""
    best_epoch = run.best_epoch()
    epochs = epoch_pictures.epochs(run)
    if best_epoch is None or not epochs:
        return {}
    best = int(best_epoch["epoch"])
    epoch = best if best in epochs else epochs[-1]
    files: dict[str, Path] = {}
    for scene in [scene for scene in epoch_pictures.scenes(run) if scene.truth][:_SHOWN]:
        files[f"input-{scene.name}"] = scene.input
        files[f"predicted-{scene.name}"] = epoch_pictures.prediction(run, epoch, scene.name)
        if scene.truth:
            files[f"truth-{scene.name}"] = scene.truth
    small = {key: path for key, path in files.items() if path.is_file() and path.stat().st_size <= _LARGEST_PICTURE}
    return {key: path.read_bytes() for key, path in small.items()}


def _thin_curve(epochs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return epochs[:: -(-len(epochs) // _MOST_EPOCHS)] if epochs else []


def _file_name(name: str) -> str:
    return "".join(letter if letter.isalnum() or letter in " -_." else "-" for letter in name).strip(" .") or "model"
