"""What the window asks the user. No dialog blocks: each calls back when it is answered."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from deblur_app.core import files

if TYPE_CHECKING:
    from collections.abc import Callable

    from deblur_app.engine.bundle import Summary
    from deblur_app.engine.guests.store import Offer

_READ_FILTER = "Pictures (" + " ".join(f"*{ending}" for ending in sorted(files.READABLE)) + ")"
_SAVE_FILTER = "PNG (*.png);;JPEG (*.jpg *.jpeg);;TIFF (*.tif *.tiff);;WebP (*.webp);;BMP (*.bmp)"
_KERNEL_SUFFIXES = {"NumPy": "npy", "PNG": "png", "TIFF": "tif"}
_CLOSING = "closing"


def ask_for_pictures(parent: QWidget, folder: str, take: Callable[[list[Path]], object]) -> None:
    """Ask for pictures to open."""
    _ask(parent, "Open a photo", folder, QFileDialog.FileMode.ExistingFiles, take)


def ask_for_folder(parent: QWidget, folder: str, take: Callable[[list[Path]], object]) -> None:
    """Ask for a folder of pictures."""
    _ask(parent, "Open a folder of photos", folder, QFileDialog.FileMode.Directory, take)


def ask_for_truth(parent: QWidget, folder: str, take: Callable[[list[Path]], object]) -> None:
    """Ask for the ground truth."""
    _ask(parent, "Open the sharp photo", folder, QFileDialog.FileMode.ExistingFile, take)


def ask_for_target(parent: QWidget, proposed: Path, take: Callable[[Path], object]) -> None:
    """Ask where to save, beginning with the path `proposed`."""
    dialog = QFileDialog(parent, "Save the result", filter=_SAVE_FILTER)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("png")
    dialog.selectFile(str(proposed))
    dialog.fileSelected.connect(lambda name: take(Path(name)))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def ask_for_kernel(parent: QWidget, take: Callable[[Path], object]) -> None:
    """Ask for the file of a kernel."""
    pictures = " ".join(f"*{ending}" for ending in sorted(files.READABLE))
    dialog = QFileDialog(parent, "Open a kernel", "", f"Kernels (*.npy {pictures})")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(lambda name: take(Path(name)))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def ask_for_kernel_target(parent: QWidget, name: str, take: Callable[[Path], object]) -> None:
    """Ask where to save a kernel, beginning with a file called `name` in the user's home."""
    dialog = QFileDialog(parent, "Save the kernel", filter="NumPy (*.npy);;PNG (*.png);;TIFF (*.tif *.tiff)")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("npy")
    dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix(_KERNEL_SUFFIXES[chosen.split()[0]]))
    dialog.selectFile(str(Path.home() / name))
    dialog.fileSelected.connect(lambda name: take(Path(name)))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def ask_to_close(parent: QWidget, close: Callable[[], object]) -> None:
    """Ask whether to end the work that is going on; a question that stands already is not asked twice."""
    if any(box.isVisible() for box in parent.findChildren(QMessageBox, _CLOSING)):
        return
    box = QMessageBox(parent)
    box.setObjectName(_CLOSING)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle("Deblur")
    box.setText("Deblur is still working. Stop the work and close?")
    box.setInformativeText("A training can be continued after its last whole epoch the next time.")
    box.setStandardButtons(QMessageBox.StandardButton.Close | QMessageBox.StandardButton.Cancel)
    box.button(QMessageBox.StandardButton.Close).clicked.connect(close)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()


def ask_to_add(parent: QWidget, offer: Offer, add: Callable[[], object]) -> None:
    """Ask whether to add the network of a package, with what it is and its licence."""
    guest = offer.guest
    text = (
        f"{offer.source.name} says that it is {guest.package} {offer.version}: a network of {guest.source}, under the "
        f"licence {guest.licence}.\n\nIt is checked, converted once, and then stands among the methods. A photo takes "
        "it minutes. “deblur models remove” deletes it."
    )
    _confirm(parent, f"Add the network {guest.label}?", text, "&Add", add)


def ask_to_install(parent: QWidget, source: Path, summary: Summary, install: Callable[[], object]) -> None:
    """Ask whether to install a model that came as one file."""
    text = (
        f"{source.name} says that it is a network of the kind {summary.architecture}. It holds numbers and no "
        f"programs, is checked first, and takes {summary.size / 1e6:.1f} MB. “deblur models remove” deletes it."
    )
    _confirm(parent, f"Install the model “{summary.name}”?", text, "&Install", install)


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
    dialog = QFileDialog(parent, title, folder, _READ_FILTER)
    dialog.setFileMode(mode)
    dialog.filesSelected.connect(lambda names: take([Path(name) for name in names]))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
