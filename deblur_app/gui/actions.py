"""All that the window can be told to do, as a table of values: menus, toolbar and keys are drawn from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence

from deblur_app.core.texts import tr, tr_later

if TYPE_CHECKING:
    from collections.abc import Callable

_Key = QKeySequence.StandardKey


@dataclass(frozen=True)
class State:
    """The things there are to act on.

    Attributes:
        has_input: A photo is open.
        has_truth: It has a ground truth.
        has_result: It has a result.
        is_busy: Work goes on.
        can_undo: There is a result that was shown before.
        can_redo: There is a result that was gone back from.
        has_page_before: The open file has a page before this one.
        has_page_after: It has a page after this one.
    """

    has_input: bool = False
    has_truth: bool = False
    has_result: bool = False
    is_busy: bool = False
    can_undo: bool = False
    can_redo: bool = False
    has_page_before: bool = False
    has_page_after: bool = False


def _always(_: State) -> bool:
    return True


@dataclass(frozen=True)
class Action:
    """One thing that the window can be told to do.

    Attributes:
        id: The name of the action in the program.
        text: The text in menus; “&” stands before the letter that chooses it.
        menu: The title of its menu; "" where only a key calls it.
        section: The part of the menu that it stands in; parts are separated by lines.
        key: The shortcut: a standard one, which differs from system to system, or in letters.
        tip: The explanation in a few words; "" where the text says all.
        is_enabled: Says from what there is whether the action makes sense now.
        command: The name of the command that does it, see `MainWindow`; "" where Qt has the action, as that of a dock.
        text_again: The text where there is a result already; "" for the same.
        is_submenu: Whether it opens a menu that the command fills each time.
    """

    id: str
    text: str
    command: str
    menu: str = ""
    section: int = 0
    key: QKeySequence.StandardKey | str | None = None
    tip: str = ""
    is_enabled: Callable[[State], bool] = _always
    text_again: str = ""
    is_submenu: bool = False

    @property
    def plain_text(self) -> str:
        """The text without the mark of its letter and without dots."""
        return tr(self.text).replace("&", "").rstrip("…")


FILE, EDIT, VIEW, PHOTO, TOOLS, HELP = (
    tr_later("&File"),
    tr_later("&Edit"),
    tr_later("&View"),
    tr_later("&Photo"),
    tr_later("&Tools"),
    tr_later("&Help"),
)
"""The menus, from left to right."""

ACTIONS = (
    Action("open", tr_later("&Open photo…"), "choose_pictures", FILE, 0, _Key.Open),
    Action("open_folder", tr_later("Open &folder…"), "choose_folder", FILE, 0, "Ctrl+Shift+O"),
    Action(
        "open_truth", tr_later("Compare with a s&harp version…"), "choose_truth", FILE, 0, "Shift+R",
        is_enabled=lambda s: s.has_input,
    ),
    Action("recent", tr_later("Open &recent"), "fill_recent", FILE, 0, is_submenu=True),
    Action("sample", tr_later("&Try a sample"), "open_sample", FILE, 0),
    Action(
        "save", tr_later("&Save result"), "save_at_once", FILE, 1, _Key.Save,
        tip=tr_later("Save beside the photo, under a free name"),
        is_enabled=lambda s: s.has_result or (s.has_input and s.is_busy),  # a preview is answered with a sentence
    ),
    Action("export", tr_later("&Export…"), "choose_target", FILE, 1, "Ctrl+Shift+E", is_enabled=lambda s: s.has_result),
    Action("quit", tr_later("&Quit"), "close", FILE, 2, _Key.Quit),
    Action(
        "undo", tr_later("&Undo"), "undo", EDIT, 0, _Key.Undo,
        tr_later("Back to the version before"), lambda s: s.can_undo,
    ),
    Action("redo", tr_later("&Redo"), "redo", EDIT, 0, _Key.Redo, "", lambda s: s.can_redo),
    Action("copy", tr_later("&Copy result"), "copy", EDIT, 1, _Key.Copy, is_enabled=lambda s: s.has_result),
    Action("paste", tr_later("&Paste photo"), "paste", EDIT, 1, _Key.Paste),
    Action(
        "swap", tr_later("S&wap photo and sharp version"), "swap", EDIT, 1, "Ctrl+Shift+T",
        is_enabled=lambda s: s.has_input and s.has_truth,
    ),
    Action("preferences", tr_later("P&references…"), "show_preferences", EDIT, 2, "Ctrl+,"),
    Action("fit", tr_later("&Fit"), "fit", VIEW, 0, "Ctrl+0"),
    Action("pixels", "&100 %", "show_pixels", VIEW, 0, "Ctrl+1"),
    Action("zoom_in", tr_later("Zoom &in"), "zoom_in", VIEW, 0, _Key.ZoomIn),
    Action("zoom_out", tr_later("Zoom &out"), "zoom_out", VIEW, 0, _Key.ZoomOut),
    Action("compare_result", tr_later("&Result"), "compare_result", VIEW, 1, "1", is_enabled=lambda s: s.has_input),
    Action("compare_split", tr_later("&Split"), "compare_split", VIEW, 1, "2", is_enabled=lambda s: s.has_input),
    Action("compare_pair", tr_later("Side &by side"), "compare_pair", VIEW, 1, "3", is_enabled=lambda s: s.has_input),
    Action(
        "compare_difference", tr_later("&Difference"), "compare_difference", VIEW, 1, "4",
        is_enabled=lambda s: s.has_input,
    ),
    Action("compare_figure", tr_later("Fi&gure 2"), "compare_figure", VIEW, 1, "6", is_enabled=lambda s: s.has_input),
    Action("photo_workspace", tr_later("&Photo"), "show_photo", VIEW, 2, "F2"),
    Action("batch_workspace", tr_later("Bat&ch"), "show_batch", VIEW, 2, "F7"),
    Action("lab_workspace", tr_later("&Lab"), "show_psf", VIEW, 2, "F3"),
    Action("train_workspace", tr_later("&Train"), "show_training", VIEW, 2, "F4"),
    Action("filmstrip", tr_later("Fil&mstrip"), "toggle_filmstrip", VIEW, 3, "F6"),
    Action(
        "panels", tr_later("Pa&nels"), "toggle_panels", VIEW, 3, "F8",
        tip=tr_later("Hide or show all around the picture"),
    ),
    Action("full_screen", tr_later("F&ull screen"), "toggle_full_screen", VIEW, 3, "F11"),
    Action("look", tr_later("&Appearance"), "fill_looks", VIEW, 4, is_submenu=True),
    Action(
        "deblur", tr_later("&Deblur"), "deblur", PHOTO, 0, "F5", is_enabled=lambda s: s.has_input,
        text_again=tr_later("&Deblur again")
    ),
    Action("cancel", tr_later("&Stop"), "cancel", PHOTO, 0, "Ctrl+.", is_enabled=lambda s: s.is_busy),
    Action(
        "contact_sheet", tr_later("C&ontact sheet"), "toggle_sheet", PHOTO, 0, "C", is_enabled=lambda s: s.has_input,
        tip=tr_later("Compare all methods on one part of the photo"),
    ),
    Action(
        "blur_map", tr_later("&Blur map"), "toggle_blur_map", PHOTO, 0, "B", is_enabled=lambda s: s.has_input,
        tip=tr_later("Show the blur of each part over the photo"),
    ),
    Action("combine", tr_later("Co&mbine photos…"), "combine_pictures", PHOTO, 0, "Ctrl+M"),
    Action(
        "page_before", tr_later("Previous pa&ge"), "show_page_before", PHOTO, 0, "Ctrl+Shift+PgUp",
        is_enabled=lambda s: s.has_page_before, tip=tr_later("Open the page of the file before this one"),
    ),
    Action(
        "page_after", tr_later("&Next page"), "show_page_after", PHOTO, 0, "Ctrl+Shift+PgDown",
        is_enabled=lambda s: s.has_page_after, tip=tr_later("Open the page of the file after this one"),
    ),
    Action(
        "photo_before", tr_later("Pre&vious photo"), "show_photo_before", PHOTO, 1, "Ctrl+Left",
        tip=tr_later("Go to the photo before this one in the filmstrip"), is_enabled=lambda s: s.has_input,
    ),
    Action(
        "photo_after", tr_later("Ne&xt photo"), "show_photo_after", PHOTO, 1, "Ctrl+Right",
        tip=tr_later("Go to the photo after this one in the filmstrip"), is_enabled=lambda s: s.has_input,
    ),
    Action(
        "pick", tr_later("&Pick"), "pick_photo", PHOTO, 1, "P",
        tip=tr_later("Mark as good"), is_enabled=lambda s: s.has_input,
    ),
    Action(
        "reject", tr_later("&Reject"), "reject_photo", PHOTO, 1, "X",
        tip=tr_later("Mark as bad"), is_enabled=lambda s: s.has_input,
    ),
    Action("unmark", tr_later("&Unmark"), "unmark_photo", PHOTO, 1, "U", is_enabled=lambda s: s.has_input),
    Action("psf", tr_later("&PSF editor"), "show_psf", TOOLS, 0),
    Action("lab", tr_later("&Blur lab"), "show_lab", TOOLS, 0, "Shift+F3"),
    Action("train", tr_later("&Train a network…"), "show_training", TOOLS, 1),
    Action("palette", tr_later("&Command palette…"), "show_palette", HELP, 0, "Ctrl+Shift+P"),
    Action("keys", tr_later("&Keyboard shortcuts"), "show_keys", HELP, 0, "?"),
    Action("self_test", tr_later("&Self-test…"), "show_self_test", HELP, 1),
    Action("log", tr_later("&Log…"), "show_log", HELP, 1),
    Action("log_folder", tr_later("Show log &folder"), "show_log_folder", HELP, 1),
    Action("about", tr_later("&About Deblur"), "show_about", HELP, 2),
    Action(
        "escape", tr_later("Stop, and ask first where much would be lost"), "stop_by_escape", key="Esc",
        is_enabled=lambda s: s.is_busy,
    ),
)  # fmt: skip


def find_action(name: str) -> Action:
    """Return the action called `name`."""
    return next(action for action in ACTIONS if action.id == name)
