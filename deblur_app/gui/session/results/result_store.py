"""Results that are kept while the program runs: on disk, for each photo and each choice of settings."""

from __future__ import annotations

import json
import logging
import shutil
import threading
import weakref
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from deblur_app.core.errors import DeblurError
from deblur_app.core.picture import Picture
from deblur_app.core.texts import tr
from deblur_app.gui.session.results import pixel_files
from deblur_app.gui.session.results.kept_result import KeptResult
from deblur_app.gui.session.results.request_key import settings_key

if TYPE_CHECKING:
    from pathlib import Path

    from deblur_app.engine.blend import Blend
    from deblur_app.engine.method import Request
    from deblur_app.engine.tasks import Restored
    from deblur_app.gui.session.results.kept_result import PhotoKey

log = logging.getLogger(__name__)

_LEAST_FREE = 2_000_000_000
"""Bytes that are left free on the disk: other programs need room too."""


class ResultStore:
    """The results of a session. May be used from several threads.

    Its folder is made when the first result is kept, and removed by `close` or at the end of the process; after a
    crash it stays, see `recovery`.
    """

    def __init__(self, folder: Path, least_free: int = _LEAST_FREE) -> None:
        """Keep results in `folder`, and leave `least_free` bytes of its disk free."""
        self.folder = folder
        self._least_free = least_free
        self._lock = threading.RLock()
        self._kept: dict[tuple[PhotoKey, str], KeptResult] = {}  # the oldest first
        self._current: dict[PhotoKey, KeptResult] = {}
        self._truths: dict[PhotoKey, Path] = {}
        self._on_screen: KeptResult | None = None
        self._count = 0
        self._remove = weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)

    def keep(
        self, photo: PhotoKey, request: Request, restored: Restored, *, is_changed: bool
    ) -> tuple[KeptResult, str]:
        """Keep a result, in place of an older one of the same photo and settings.

        Returns:
            The kept result, and a sentence for the user where older ones had to go or the disk failed, else "".
        """
        kept = KeptResult(photo, request, settings_key(request), restored, is_changed)
        with self._lock:
            note = self._make_room(pixel_files.count_bytes(restored.picture, restored.rejected))
            try:
                self._write(kept)
            except OSError as error:
                log.warning("A result cannot be kept on disk", exc_info=error)
                note = f"{note} This result could not be kept on disk ({error.strerror}): save it soon.".strip()
            older = self._kept.get((photo, kept.settings))
            is_current = older is not None and self._current.get(photo) is older
            self._forget(older)
            self._kept[photo, kept.settings] = kept
            if is_current:
                self._current[photo] = kept
        return kept, note

    def find(self, photo: PhotoKey, request: Request) -> KeptResult | None:
        """Return the result of a photo with these settings, or None."""
        with self._lock:
            return self._kept.get((photo, settings_key(request)))

    def list_of(self, photo: PhotoKey) -> list[KeptResult]:
        """Return all results of a photo, the oldest first."""
        with self._lock:
            return [kept for kept in self._kept.values() if kept.photo == photo]

    def remove(self, kept: KeptResult) -> None:
        """Forget a result, and remove its pixels from the disk."""
        with self._lock:
            self._forget(kept)

    def current(self, photo: PhotoKey) -> KeptResult | None:
        """Return the result of a photo that was shown last, or None."""
        with self._lock:
            return self._current.get(photo)

    def show(self, kept: KeptResult) -> None:
        """Remember which result of its photo is shown."""
        with self._lock:
            before, self._current[kept.photo], self._on_screen = self._current.get(kept.photo), kept, kept
            for one in filter(None, {before, kept}):
                self._describe(one)

    def mark_saved(self, kept: KeptResult, blend: Blend, *, rejected: bool) -> None:
        """Remember that a result was saved, and how it was shown then."""
        with self._lock:
            kept.saved_as = blend, rejected
            self._describe(kept)

    def list_unsaved(self) -> list[KeptResult]:
        """Return the results, one per photo, that were shown last and are not saved."""
        with self._lock:
            return [kept for kept in self._current.values() if kept.is_changed and not kept.is_saved]

    def photos(self) -> list[PhotoKey]:
        """Return the photos that have a result, in the order of their first one."""
        with self._lock:
            return list(self._current)

    def load(self, kept: KeptResult) -> Restored:
        """Return a result with its pixels.

        Raises:
            DeblurError: Its file is gone.
        """
        restored, file = kept.restored, kept.file
        if file is None:
            return restored
        try:
            picture = pixel_files.with_pixels(restored.picture, file.with_suffix(".npy"))
            if restored.rejected is None:
                return replace(restored, picture=picture)
            rejected = pixel_files.with_pixels(restored.rejected, file.with_suffix(".rejected.npy"))
            return replace(restored, picture=picture, rejected=rejected)
        except (OSError, ValueError) as error:
            raise DeblurError(
                tr("The kept result of “{name}” is gone: {error}.", name=kept.photo.name, error=error)
            ) from error

    def keep_photo(self, photo: PhotoKey, picture: Picture) -> None:
        """Keep a photo that has no file, so that one can go back to it; errors are logged."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            pixel_files.write_pixels(picture, self._photo_file(photo))
        except OSError as error:
            log.warning("A photo cannot be kept on disk", exc_info=error)

    def load_photo(self, photo: PhotoKey) -> Picture:
        """Return a photo that was kept by `keep_photo`.

        Raises:
            DeblurError: Its file is gone.
        """
        try:
            return Picture(*pixel_files.read_pixels(self._photo_file(photo)))
        except (OSError, ValueError) as error:
            raise DeblurError(tr("“{name}” is gone: {error}. Paste it again.", name=photo.name, error=error)) from error

    def set_truth(self, photo: PhotoKey, truth: Path | None) -> None:
        """Remember the ground truth of a photo; None for none."""
        with self._lock:
            if truth:
                self._truths[photo] = truth
            else:
                self._truths.pop(photo, None)

    def truth(self, photo: PhotoKey) -> Path | None:
        """Return the file of the ground truth that a photo had, or None."""
        return self._truths.get(photo)

    def close(self) -> None:
        """Forget all results and remove their folder."""
        with self._lock:
            self._kept.clear()
            self._current.clear()
            self._remove()

    def _write(self, kept: KeptResult) -> None:
        """Move the pixels of a result to the disk."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._count += 1
        file, restored = self.folder / f"{self._count}", kept.restored
        rejected = restored.rejected
        try:
            pixel_files.write_pixels(restored.picture, file.with_suffix(".npy"))
            if rejected is not None:
                pixel_files.write_pixels(rejected, file.with_suffix(".rejected.npy"))
        except OSError:
            pixel_files.delete_result(file)
            raise
        bare = replace(restored, picture=pixel_files.without_pixels(restored.picture))
        kept.restored = bare if rejected is None else replace(bare, rejected=pixel_files.without_pixels(rejected))
        kept.file = file

    def _describe(self, kept: KeptResult) -> None:
        """Write beside the pixels what is needed to save them after a crash; nothing for those that are saved."""
        if kept.file is None:
            return
        file = kept.file.with_suffix(".json")
        with suppress(OSError):
            if kept.is_saved or not kept.is_changed or self._current.get(kept.photo) is not kept:
                file.unlink(missing_ok=True)
                return
            photo = kept.photo
            facts = {
                "name": photo.name,
                "path": str(photo.path or ""),
                "stamp": photo.stamp,
                "recipe": _recipe_of(kept),
            }
            file.write_text(json.dumps(facts), encoding="utf-8")

    def _forget(self, kept: KeptResult | None) -> None:
        if kept is None:
            return
        self._kept.pop((kept.photo, kept.settings), None)
        if self._current.get(kept.photo) is kept:
            del self._current[kept.photo]
        if kept.file is not None:
            pixel_files.delete_result(kept.file)

    def _make_room(self, needed: int) -> str:
        """Forget the oldest results until there is room; those that are not saved and shown last go last."""
        gone: list[KeptResult] = []
        unsaved = set(map(id, self.list_unsaved()))
        for kept in sorted(self._kept.values(), key=lambda kept: (id(kept) in unsaved, kept.is_starred)):
            if self._free() >= needed + self._least_free:
                break
            if kept.file is not None and kept is not self._on_screen:
                gone.append(kept)
                self._forget(kept)
        if not gone:
            return ""
        names = ", ".join(f"“{name}”" for name in dict.fromkeys(kept.photo.name for kept in gone))
        return tr("The disk is nearly full, so the oldest kept results were dropped: {names}.", names=names)

    def _free(self) -> int:
        folder = next((folder for folder in (self.folder, *self.folder.parents) if folder.is_dir()), None)
        return shutil.disk_usage(folder).free if folder else 0

    def _photo_file(self, photo: PhotoKey) -> Path:
        return self.folder / f"photo-{photo.stamp[0]}.npy"


def _recipe_of(kept: KeptResult) -> str:
    """Return the recipe of the pixels of a result, which are not blended, as JSON; "" where there is none."""
    from deblur_app.engine.blend import PLAIN
    from deblur_app.engine.recipes import recipe_json
    from deblur_app.gui.session.results.making import Making

    try:
        recipe = Making(kept.request, kept.restored, PLAIN).find_recipe()
    except DeblurError as error:  # its model was removed meanwhile
        log.warning("A result is kept without its recipe: %s", error)
        return ""
    return recipe_json.to_json(recipe) if recipe else ""
