"""The link of the contact sheet: it has methods tried on a part of the open photo, and passes on what was chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, Signal, Slot

if TYPE_CHECKING:
    from deblur_app.blur.psf import Psf
    from deblur_app.core.task import Progress
    from deblur_app.gui.contact_sheet.contact_sheet import ContactSheet
    from deblur_app.gui.contact_sheet.sheet_steps import Box
    from deblur_app.gui.session.display import DisplayImage
    from deblur_app.gui.session.session import Session
    from deblur_app.gui.viewer.photo_view import PhotoView


class SheetTool(QObject):
    """The contact sheet over the photo.

    Attributes:
        sheet: The sheet; None while it is closed.

    Signals:
        chosen: The name of the method that the user wants.
    """

    chosen = Signal(str)

    def __init__(self, session: Session, view: PhotoView) -> None:
        super().__init__(view)
        self._session, self._view = session, view
        self.sheet: ContactSheet | None = None
        self._photo: DisplayImage | None = None
        self._centre = QPointF(0.5, 0.5)
        self._box: Box | None = None  # the part that the methods are tried on
        session.changed.connect(self._follow)
        session.progressed.connect(self._take)

    def toggle(self) -> None:
        """Open the sheet around the place that one looks at, or close it."""
        if self.sheet:
            self.close()
        elif self._session.input:
            self._open()

    def close(self) -> None:
        """Show the photo again."""
        if self.sheet:
            sheet, self.sheet = self.sheet, None
            self._session.queues.questions.cancel()
            self._view.show_page(None)
            sheet.deleteLater()

    def _open(self) -> None:
        from deblur_app.gui.contact_sheet import sheet_steps
        from deblur_app.gui.contact_sheet.contact_sheet import ContactSheet

        self._box = None
        rectangle, self._photo = self._view.selection.rectangle, self._session.input
        self._centre = rectangle.center() if rectangle else QPointF(self._view.view.centre)
        methods = sheet_steps.list_suitable(self._known_psf)
        sheet = self.sheet = ContactSheet([(method.name, method.title) for method in methods])
        sheet.chosen.connect(self._choose)
        sheet.moved.connect(self._move)
        sheet.part_wanted.connect(self.fill)
        sheet.closed.connect(self.close)
        self._view.show_page(sheet)
        sheet.cells[0].setFocus()
        self.fill()

    @Slot()
    def fill(self) -> None:
        """Have all methods tried on the part."""
        from deblur_app.gui.contact_sheet import sheet_steps

        session, sheet = self._session, self.sheet
        if sheet is None or session.input is None:
            return
        photo, truth = session.input.picture, session.truth.picture if session.truth else None
        size = sheet.part_size()
        box = sheet_steps.place_box((photo.width, photo.height), self._centre.toTuple(), size.toTuple())
        if truth and truth.pixels.shape != photo.pixels.shape:
            truth = None
        psf = self._known_psf
        request = sheet_steps.SheetRequest(photo, truth, psf, box, session.request.device)
        if box == self._box:  # the sheet was laid out anew, and nothing is another
            return
        self._box = box
        self._show_original()
        session.ask(sheet_steps.fill_sheet(request, sheet_steps.list_suitable(psf)), lambda _: None)

    @property
    def _known_psf(self) -> Psf | None:
        """The PSF of the photo: as the user gave it, or as it was estimated, for the result or an earlier one."""
        session = self._session
        if session.psf:
            return session.psf
        restored = session.result.restored if session.result else None
        estimate = (restored.estimate if restored else None) or session.known_estimate
        return (restored.request.psf if restored else None) or (estimate.psf if estimate else None)

    def _show_original(self) -> None:
        """Show the part as it is in all pictures."""
        from deblur_app.gui.contact_sheet import sheet_steps

        if self.sheet and self._photo:
            photo, size = self._photo.levels[0], self.sheet.part_size()
            whole = photo.width(), photo.height()
            left, top, right, bottom = sheet_steps.place_box(whole, self._centre.toTuple(), size.toTuple())
            self.sheet.wait_with(photo.copy(left, top, right - left, bottom - top))

    @Slot(QPointF)
    def _move(self, way: QPointF) -> None:
        if self._photo:
            ratio, photo = self._view.devicePixelRatioF(), self._photo.picture
            shift = QPointF(way.x() * ratio / photo.width, way.y() * ratio / photo.height)
            centre = self._centre - shift
            self._box = None
            self._centre = QPointF(min(max(centre.x(), 0.0), 1.0), min(max(centre.y(), 0.0), 1.0))
            self._show_original()

    @Slot(object)
    def _take(self, progress: Progress) -> None:
        from deblur_app.gui.contact_sheet.sheet_steps import CellDone

        if self.sheet and isinstance(progress, CellDone):
            self.sheet.show_done(progress)

    @Slot()
    def _follow(self) -> None:
        """Close where another photo is open."""
        if self.sheet and self._session.input is not self._photo:
            self.close()

    @Slot(str)
    def _choose(self, name: str) -> None:
        self.close()
        if name:
            self.chosen.emit(name)
