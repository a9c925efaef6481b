"""The result of the photo that is open: made by the method of the request, brought back, or blended otherwise."""

from __future__ import annotations

import functools
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from deblur_app.core.task import with_time_left
from deblur_app.gui.background.task_queue import QueuedTask
from deblur_app.gui.session.comparing import ComparedPictures, steps
from deblur_app.gui.session.current_psf import CurrentPsf
from deblur_app.gui.session.results.history import ResultHistory
from deblur_app.gui.session.time_forecast import forecast_seconds

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QImage

    from deblur_app.blur.psf import Psf
    from deblur_app.core.task import Progress
    from deblur_app.core.tiling.local_tiling import Shares
    from deblur_app.engine.blend import Blend
    from deblur_app.engine.estimation.psf_estimate import PsfEstimate
    from deblur_app.engine.method import Request
    from deblur_app.engine.recipes.recipe import Recipe
    from deblur_app.gui.session.display import DisplayImage, Result
    from deblur_app.gui.session.results.kept_result import KeptResult, PhotoKey

_THUMBNAIL = 120
"""The longer side of the small picture of a result, in pixels."""


class VisiblePart:
    """The part that the user looks at: written by the window's thread, read by that of the work.

    Attributes:
        shares: The part, or None before there is one.
    """

    def __init__(self) -> None:
        self.shares: Shares | None = None

    def __call__(self) -> Shares | None:
        """Return what the user looks at now."""
        return self.shares


class RestoredPictures(ComparedPictures):
    """The pictures of a session with what the result is made by; `Session` opens them.

    Signals:
        settings_taken: `request`, `psf` and `blend` are those of a result that was brought back, or of a recipe.
    """

    settings_taken = Signal()

    def __init__(self, load_request: Callable[[], Request], parent: QObject | None = None) -> None:
        """Begin without a photo; `load_request` gives method and values when they are first asked for."""
        super().__init__(parent)
        self._load_request = load_request
        self.visible_shares: Callable[[], Shares | None] = lambda: None
        self.visible_part = VisiblePart()
        self.psf: Psf | None = None
        self.current_psf = CurrentPsf(self)
        self._blend: Blend | None = None
        self._histories: dict[PhotoKey, ResultHistory] = {}
        self._estimates: dict[tuple[PhotoKey, str], PsfEstimate] = {}

    @functools.cached_property
    def request(self) -> Request:
        """Method and values for the next deblurring. The table of methods needs the array libraries."""
        return self._load_request()

    def deblur(self) -> None:
        """Run the method of `request` on the input; a picture that is being opened will be deblurred anyway."""
        if self.input and "open" not in self._work.kinds():
            self._work.replace(self._deblurring(self.input))

    def follow_settings(self) -> None:
        """Show the result of the input with the present settings: the kept one, or else one that is computed."""
        if self.input and "open" not in self._work.kinds():
            self._work.replace(self._result_job(self.input))

    def restore_marked(self, psf: Psf) -> None:
        """Restore the places of the result anew at which a PSF, of the same kernels, is trusted otherwise."""
        if self.input and self.result and "open" not in self._work.kinds():
            task = steps().restore_marked(self.input, self.result, psf, self.results)
            self._work.replace(QueuedTask("deblur", task, self._take_marked))

    def take_recipe(self, recipe: Recipe) -> None:
        """Go on with the settings of a recipe, and show the result of the input with them.

        Raises:
            DeblurError: Its model is not installed, or its PSF or its mask was left out.
        """
        from deblur_app.engine.recipes.recipe import check_mask, check_psf, find_model

        check_psf(recipe)
        check_mask(recipe)
        request = find_model(recipe).request
        self.request, self.psf = replace(request, psf=None, device=self.request.device), request.psf
        self.blend = recipe.blend
        self.settings_taken.emit()
        self.follow_settings()

    @Slot(object)
    def _keep_estimate(self, progress: Progress) -> None:
        """Keep the blur as soon as it is known: a restoration that is stopped then need not estimate it anew."""
        from deblur_app.engine.estimation.psf_estimate import BlurEstimated

        if isinstance(progress, BlurEstimated) and progress.estimate and self.input and not self.request.regions:
            self._estimates[(self.input.key, _kind_of_blur(self.request))] = progress.estimate

    @property
    def known_estimate(self) -> PsfEstimate | None:
        """The blur that was estimated last for the photo that is open, whichever method needed it; None for none."""
        key = self.input.key if self.input else None
        return next((estimate for (photo, _), estimate in reversed(self._estimates.items()) if photo == key), None)

    # --- versions ---------------------------------------------------------------------------------------------------

    @property
    def versions(self) -> list[KeptResult]:
        """The results of the photo that is open, the oldest first."""
        return self.results.list_of(self.input.key) if self.input else []

    def show_version(self, kept: KeptResult) -> None:
        """Show a result again, with its settings."""
        if self.input and self.input.key == kept.photo and not (self.result and self.result.kept is kept):
            self._take_settings(kept)
            self._work.replace(self._result_job(self.input, kept))

    def star_version(self, kept: KeptResult) -> None:
        """Give a result a star, or take it."""
        kept.is_starred = not kept.is_starred
        self.changed.emit()

    def remove_version(self, kept: KeptResult) -> None:
        """Remove a result for good; where it is shown, the one before takes its place."""
        self._history.forget(kept)
        self.results.remove(kept)
        if not (self.result and self.result.kept is kept):
            self.changed.emit()
            return
        previous = self._history.find(0) or next(reversed(self.versions), None)
        self.result = None
        self._forget_figures()
        self.changed.emit()
        if previous:
            self.show_version(previous)

    def can_go(self, steps: int) -> bool:
        """Return whether there is a result that was shown before (steps -1), or that was gone back from (1)."""
        return self.input is not None and self._history.find(steps) is not None

    def undo(self) -> None:
        """Show the result that was shown before."""
        self._go(-1)

    def redo(self) -> None:
        """Show the result that was gone back from."""
        self._go(1)

    def _go(self, steps: int) -> None:
        kept = self._history.go(steps) if self.input else None
        if kept:
            self.show_version(kept)

    @property
    def _history(self) -> ResultHistory:
        """The order in which the results of the photo that is open were shown."""
        return self._histories.setdefault(self.input.key, ResultHistory()) if self.input else ResultHistory()

    def show_rejected(self, *, rejected: bool) -> None:
        """Show what failed its check, or the gentler result that took its place."""
        result = self.result
        if result and result.restored.rejected is not None and result.shows_rejected != rejected:
            self._aside.add(QueuedTask("swap", steps().swap(result), functools.partial(self._take_swapped, result)))

    @property
    def blend(self) -> Blend:
        """The blend of the result with the input: its amount and its place."""
        if self._blend is None:
            from deblur_app.engine.blend import PLAIN

            self._blend = PLAIN
        return self._blend

    @blend.setter
    def blend(self, blend: Blend) -> None:
        self._blend = blend

    def take_blended(self, result: Result) -> None:
        """Take the result with another blend; one of another result comes too late."""
        if self.result and self.result.restored is result.restored:
            self._take_result(result)

    def _complete_request(self) -> Request:
        return self.request if self.psf is None else replace(self.request, psf=self.psf)

    def _deblurring(self, display_image: DisplayImage) -> QueuedTask:
        request = self._complete_request()
        known = self._estimates.get(
            (display_image.key, _kind_of_blur(request))
        )  # another method need not estimate it anew
        self.visible_part.shares = self.visible_shares()
        request = replace(request, region=self.visible_part, estimate=known)
        task = steps().deblur(display_image, request, self.results, has_draft=self.result is None)
        size = display_image.picture.width * display_image.picture.height / 1e6
        forecast = forecast_seconds(request.method, size)
        return QueuedTask("deblur", with_time_left(task, forecast), self._take_result)

    def _result_job(self, display_image: DisplayImage, kept: KeptResult | None = None) -> QueuedTask:
        """Return the job that brings the result of a picture: `kept`, or else the one with the present settings."""
        kept = kept or self.results.find(display_image.key, self._complete_request())
        if kept is None:
            return self._deblurring(display_image)
        return QueuedTask("recall", steps().recall(self.results, kept, display_image.white), self._take_result)

    def _take_settings(self, kept: KeptResult | None) -> None:
        """Go on with the settings of a result that is brought back."""
        if kept:
            if not kept.request.method.startswith(steps().COMBINE):
                self.request, self.psf = replace(kept.request, psf=None, region=None, estimate=None), kept.request.psf
            self.blend = kept.blend
        else:
            self._blend = None  # how much is shown, and what is protected, was chosen for another photo
        self.settings_taken.emit()

    def _take_result(self, result: Result) -> None:
        self.result, self.comparison = result, None
        if result.kept:
            if result.restored.estimate and not result.kept.request.regions:
                key = result.kept.photo, _kind_of_blur(result.kept.request)
                self._estimates[key] = result.restored.estimate
            if result.blend == self.blend or not result.blend.is_plain:
                result.kept.blend = result.blend
            result.kept.shows_rejected = result.shows_rejected
            if result.display_image.levels:
                result.kept.thumbnail = _thumbnail(result.display_image.levels)
            self._history.show(result.kept)
            self.results.show(result.kept)
        self.changed.emit()
        self._compare()

    def _take_marked(self, result: Result) -> None:
        self._take_settings(result.kept)
        self._take_result(result)

    def _take_swapped(self, before: Result, result: Result) -> None:
        if self.result and self.result.restored is before.restored:
            self._take_result(result)


def _thumbnail(levels: list[QImage]) -> QImage:
    """Return a small copy of a picture that is ready for the screen."""
    return levels[-1].scaled(_THUMBNAIL, _THUMBNAIL, Qt.AspectRatioMode.KeepAspectRatio)


def _kind_of_blur(request: Request) -> str:
    """Return the kind of blur that a request looks for: that of its method's choice, or any."""
    from deblur_app.engine.estimation.search import AUTO

    return str(request.values.get("blur", AUTO))
