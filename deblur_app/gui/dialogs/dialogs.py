"""Questions of the window to the user. No dialog blocks: each calls back when it is answered."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from deblur_app.core.amounts import describe_bytes, describe_duration
from deblur_app.core.files import file_names
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from deblur_app.engine.models.bundle import Summary
    from deblur_app.engine.models.third_party.store import Offer

_READABLE = " ".join(f"*{ending}" for ending in sorted(file_names.READABLE))
_KERNEL_SUFFIXES = {"NumPy": "npy", "Deblur": "npz", "PNG": "png", "TIFF": "tif"}
_CLOSING, _STOPPING = "closing", "stopping"
_Button = QMessageBox.StandardButton


def ask_for_pictures(parent: QWidget, folder: str, take: Callable[[list[Path]], object]) -> None:
    """Ask for pictures to open."""
    _ask(parent, tr("Open a photo"), folder, QFileDialog.FileMode.ExistingFiles, take)


def ask_for_folder(parent: QWidget, folder: str, take: Callable[[list[Path]], object]) -> None:
    """Ask for a folder of pictures."""
    _ask(parent, tr("Open a folder of photos"), folder, QFileDialog.FileMode.Directory, take)


def ask_for_truth(parent: QWidget, folder: str, take: Callable[[list[Path]], object]) -> None:
    """Ask for the ground truth."""
    _ask(parent, tr("Open the sharp photo"), folder, QFileDialog.FileMode.ExistingFile, take)


def ask_for_kernel(parent: QWidget, take: Callable[[Path], object], *, has_regions: bool = False) -> None:
    """Ask for the file of a kernel, or also for one of the kernels of all regions."""
    endings = f"*.npy {'*.npz ' if has_regions else ''}{_READABLE}"
    dialog = QFileDialog(parent, tr("Open a kernel"), "", tr("Kernels ({endings})", endings=endings))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(lambda name: take(Path(name)))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def ask_for_kernel_target(
    parent: QWidget, name: str, take: Callable[[Path], object], *, has_regions: bool = False
) -> None:
    """Ask where to save a kernel, beginning with a file called `name` in the user's home.

    Args:
        parent: The window.
        name: Name of the file.
        take: Takes the path.
        has_regions: Whether .npz is offered, which holds the kernels of all regions and the size of the photo that
            a kernel belongs to.
    """
    numbers = "NumPy (*.npy);;Deblur (*.npz)" if has_regions else "NumPy (*.npy)"
    dialog = QFileDialog(parent, tr("Save the kernel"), filter=f"{numbers};;PNG (*.png);;TIFF (*.tif *.tiff)")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("npy")
    dialog.filterSelected.connect(lambda name_filter: dialog.setDefaultSuffix(_KERNEL_SUFFIXES[name_filter.split()[0]]))
    dialog.selectFile(str(Path.home() / name))
    dialog.fileSelected.connect(lambda name: take(Path(name)))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def ask_to_close(
    parent: QWidget, question: str, details: str, save: Callable[[], object] | None, close: Callable[[], object]
) -> None:
    """Ask whether to close; a question that stands already is not asked twice.

    Args:
        parent: The window.
        question: The question.
        details: The text below it.
        save: The function of the button “Save”; None for no such button, because there is nothing to save.
        close: The function of “Discard”, or of “Close” where there is nothing to save.
    """
    if _stands(parent, _CLOSING):
        return
    box = make_question(parent, _CLOSING, question, details)
    if save:
        box.setStandardButtons(_Button.Save | _Button.Discard | _Button.Cancel)
        box.setDefaultButton(_Button.Save)
        box.button(_Button.Save).clicked.connect(save)
        box.button(_Button.Discard).clicked.connect(close)
    else:
        box.setStandardButtons(_Button.Close | _Button.Cancel)
        box.button(_Button.Close).clicked.connect(close)
    box.setEscapeButton(_Button.Cancel)
    box.open()


def ask_to_stop(parent: QWidget, seconds: float, stop: Callable[[], object]) -> None:
    """Ask whether to stop work that has gone on for `seconds`; a question that stands already is not asked twice."""
    if _stands(parent, _STOPPING):
        return
    box = make_question(
        parent,
        _STOPPING,
        tr("Stop the work?"),
        tr("It has gone on for {duration}, which would be lost.", duration=describe_duration(seconds)),
    )
    box.setStandardButtons(_Button.Yes | _Button.No)
    box.button(_Button.Yes).setText(tr("&Stop"))
    box.button(_Button.No).setText(tr("&Go on"))
    box.setDefaultButton(_Button.No)
    box.setEscapeButton(_Button.No)
    box.button(_Button.Yes).clicked.connect(stop)
    box.open()


def _stands(parent: QWidget, name: str) -> bool:
    return any(box.isVisible() for box in parent.findChildren(QMessageBox, name))


def make_question(parent: QWidget, name: str, question: str, details: str) -> QMessageBox:
    """Return a message box with a question, its text below, and no button yet."""
    box = QMessageBox(parent)
    box.setObjectName(name)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle("Deblur")
    box.setTextFormat(Qt.TextFormat.PlainText)  # file names may look like HTML
    box.setText(question)
    box.setInformativeText(details)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return box


def ask_to_add(parent: QWidget, offer: Offer, add: Callable[[], object]) -> None:
    """Ask whether to add the network of a package, with what it is and its licence."""
    network = offer.network
    text = tr(
        "“{name}” contains {package} {version}, a network of {source}. Licence: "
        "{licence}.\n\nIt is checked, converted once and added to the methods. A photo takes it minutes. To "
        "remove it later, run “deblur models remove”.",
        name=offer.source.name,
        package=network.package,
        version=offer.version,
        source=network.source,
        licence=network.licence,
    )
    _confirm(parent, tr("Add the network {label}?", label=network.label), text, tr("&Add"), add)


def ask_to_install(parent: QWidget, source: Path, summary: Summary, install: Callable[[], object]) -> None:
    """Ask whether to install a model that came as one file."""
    text = tr(
        "“{name}” contains a model of type {architecture} ({bytes}). It is "
        "checked before it is installed. To remove it later, run “deblur models remove”.",
        name=source.name,
        architecture=summary.architecture,
        bytes=describe_bytes(summary.size),
    )
    _confirm(parent, tr("Install the model “{name}”?", name=summary.name), text, tr("&Install"), install)


def _confirm(parent: QWidget, question: str, text: str, yes: str, do: Callable[[], object]) -> None:
    """Ask a question, with more below it, and do something if the answer is yes; returns at once."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle("Deblur")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(question)
    box.setInformativeText(text)
    box.setStandardButtons(QMessageBox.StandardButton.Ok | QMessageBox.StandardButton.Cancel)
    button = box.button(QMessageBox.StandardButton.Ok)
    button.setText(yes)
    button.clicked.connect(do)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()


def _ask(
    parent: QWidget, title: str, folder: str, mode: QFileDialog.FileMode, take: Callable[[list[Path]], object]
) -> None:
    dialog = QFileDialog(parent, title, folder, tr("Pictures ({endings})", endings=_READABLE))
    dialog.setFileMode(mode)
    dialog.filesSelected.connect(lambda names: take([Path(name) for name in names]))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
