"""The question after a crash: what to do with results that were not saved, and whether to open the photos again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QMessageBox

from deblur_app.core.texts import tr, tr_count
from deblur_app.gui.dialogs.dialogs import make_question

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

_Button = QMessageBox.StandardButton
_MOST_NAMES = 3
"""The most names in the question; the others are counted."""


def ask_to_recover(
    parent: QWidget,
    names: Sequence[str],
    photos: int,
    *,
    save: Callable[[], object],
    discard: Callable[[], object],
    open_again: Callable[[], object],
    show_report: Callable[[], object] | None = None,
) -> None:
    """Ask what to do with what a program that ended unexpectedly has left; does not block.

    Args:
        parent: The window.
        names: The names of the photos whose results were not saved; without an answer these stay.
        photos: How many photos were open.
        save: Saves the results.
        discard: Throws them away.
        open_again: Opens the photos.
        show_report: Shows the report of the crash; None where there is none.
    """
    if not names:
        _ask_to_open(parent, photos, open_again, show_report)
        return
    box = make_question(parent, "recovering", _question(len(names), photos), _details(names))
    box.setStandardButtons(_Button.Save | _Button.Discard | _Button.Cancel)
    box.button(_Button.Cancel).setText(tr("&Later"))
    box.setDefaultButton(_Button.Save)
    box.setEscapeButton(_Button.Cancel)
    if photos:
        again = QCheckBox(tr_count("Open the {count} photos again", "Open the photo again", photos))
        again.setChecked(True)
        box.setCheckBox(again)
        for button in (_Button.Save, _Button.Discard):
            box.button(button).clicked.connect(lambda: again.isChecked() and open_again())
    box.button(_Button.Save).clicked.connect(save)
    box.button(_Button.Discard).clicked.connect(discard)
    _offer_report(box, show_report)
    box.open()


def _offer_report(box: QMessageBox, show_report: Callable[[], object] | None) -> None:
    """Add a button that shows the report, and leaves the question open."""
    if show_report:
        button = box.addButton(tr("Show &report…"), QMessageBox.ButtonRole.ActionRole)
        button.clicked.disconnect()  # so that it does not close the box
        button.clicked.connect(show_report)


def _ask_to_open(
    parent: QWidget, photos: int, open_again: Callable[[], object], show_report: Callable[[], object] | None
) -> None:
    question = tr_count(
        "Deblur ended unexpectedly. You had {count} photos open. Open again?",
        "Deblur ended unexpectedly. You had 1 photo open. Open again?",
        photos,
    )
    box = make_question(parent, "recovering", question, "")
    box.setStandardButtons(_Button.Open | _Button.No)
    box.setDefaultButton(_Button.Open)
    box.setEscapeButton(_Button.No)
    box.button(_Button.Open).clicked.connect(open_again)
    _offer_report(box, show_report)
    box.open()


def _question(results: int, photos: int) -> str:
    if not photos:
        return tr_count(
            "Deblur ended unexpectedly, and {count} results were not saved. Save now?",
            "Deblur ended unexpectedly, and 1 result was not saved. Save now?",
            results,
        )
    return tr_count(
        "Deblur ended unexpectedly. You had {photos} open, and {count} results were not saved. Save now?",
        "Deblur ended unexpectedly. You had {photos} open, and 1 result was not saved. Save now?",
        results,
        photos=tr_count("{count} photos", "1 photo", photos),
    )


def _details(names: Sequence[str]) -> str:
    listed = ", ".join(f"“{name}”" for name in names[:_MOST_NAMES])
    if len(names) > _MOST_NAMES:
        listed = tr("{names} and {count} more", names=listed, count=len(names) - _MOST_NAMES)
    return tr("{names}. “Save” writes each result beside its photo, as “…_deblurred”.", names=listed)
