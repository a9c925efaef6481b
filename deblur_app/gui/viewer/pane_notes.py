"""Notices below the pictures, with what can be done about them."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from deblur_app.core.texts import tr, tr_later

if TYPE_CHECKING:
    from deblur_app.core.picture import Picture
    from deblur_app.gui.session.display import DisplayImage, Result
    from deblur_app.gui.session.session import Session
    from deblur_app.gui.widgets.notice import Notice

_UNRELATED = tr_later(
    "The sharp version seems to show something else than the photo. The figures compare the two, so they mean "
    "nothing here."
)

_SAVED_BY_DEBLUR = tr_later("This photo was saved by Deblur, and says how it was made.")


@dataclass(frozen=True)
class Notices:
    """The notices about each picture, one for each place where it is shown.

    Attributes:
        photo: About the photo.
        truth: About the ground truth.
        result: About the result.
    """

    photo: tuple[Notice, ...]
    truth: tuple[Notice, ...]
    result: tuple[Notice, ...]


class PaneNotes(QObject):
    """The sentences in the notices for what a session holds. One that was closed stays closed."""

    def __init__(self, notices: Notices, session: Session) -> None:
        super().__init__(session)
        self._notices, self._session = notices, session
        self._told: dict[str, tuple[object, str]] = {}
        for together in (notices.photo, notices.truth, notices.result):
            for notice, other in itertools.permutations(together, 2):
                notice.close_button.clicked.connect(other.hide)

    @Slot()
    def refresh(self) -> None:
        """Show the notes of input, ground truth and result."""
        session, notices = self._session, self._notices
        photo, truth, result = session.input, session.truth, session.result
        self._tell_of_photo(photo)
        about_truth = tr(_UNRELATED) if session.is_truth_unrelated else truth.picture.note if truth else ""
        self._tell(notices.truth, "truth", truth, about_truth, is_warning=session.is_truth_unrelated)
        if result and result.restored.rejected is not None:
            self._offer_rejected(result)
        else:
            self._tell(notices.result, "result", result and result.restored, self._note(result))

    def _tell_of_photo(self, photo: DisplayImage | None) -> None:
        """Show the note of the photo; of one that Deblur saved, offer the settings that it was made with."""
        text = photo.picture.note if photo else ""
        if photo is None or photo.picture.metadata.xmp is None or not _has_recipe(photo.picture):
            self._tell(self._notices.photo, "input", photo, text)
        elif self._is_new("input", photo, text := f"{text} {tr(_SAVED_BY_DEBLUR)}".lstrip()):
            for notice in self._notices.photo:
                notice.tell(text, tr("Use its &settings"), partial(self._session.open_recipe, photo.picture))

    def say(self, text: str) -> None:
        """Show a notice below the result, until that changes."""
        for notice in self._notices.result:
            notice.tell(text)
        self._told.pop("result", None)

    def hide(self) -> None:
        """Take all notices away while the panes show something else."""
        for notice in (*self._notices.photo, *self._notices.truth, *self._notices.result):
            notice.hide()
        self._told.clear()

    def _offer_rejected(self, result: Result) -> None:
        """Say why a gentler result is shown, and let the other one be looked at."""
        shows = result.shows_rejected
        text = tr("This result failed its check: look closely before you use it.") if shows else self._note(result)
        action = tr("&Back to the gentler result") if shows else tr("Show any&way")
        if self._is_new("result", result.restored, text):
            for notice in self._notices.result:
                notice.warn(text, action, lambda: self._session.show_rejected(rejected=not shows), stays=True)

    def _tell(
        self, notices: tuple[Notice, ...], where: str, about: object, text: str, *, is_warning: bool = False
    ) -> None:
        if not self._is_new(where, about, text):
            return
        for notice in notices:
            if not text:
                notice.hide()
            elif is_warning:
                notice.warn(text)
            else:
                notice.tell(text)

    def _note(self, result: Result | None) -> str:
        """Return all notes of a result but for those that stand below the photo already."""
        if result is None:
            return ""
        photo = self._session.input
        note = result.restored.note.removeprefix(photo.picture.note if photo else "").lstrip()
        return " ".join(dict.fromkeys(filter(None, (note, result.notes))))

    def _is_new(self, where: str, about: object, text: str) -> bool:
        before, self._told[where] = self._told.get(where), (about, text)
        return before is None or before[0] is not about or before[1] != text


def _has_recipe(picture: Picture) -> bool:
    from deblur_app.engine.recipes import storage

    return storage.has_recipe(picture)
