"""The language of the window: Qt's catalogs of Deblur's texts and of Qt's own dialogs."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator

from deblur_app.core.resources import resource
from deblur_app.core.texts import install_language

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

log = logging.getLogger(__name__)

ENGLISH = "en"
"""The language of the texts in the code, which needs no catalog."""

SYSTEM = "system"
"""The choice of the language that the system has."""

_NAME = "deblur_"
"""The catalog of German is called deblur_de.qm."""


def list_languages() -> dict[str, str]:
    """Return the languages that there are by their codes, each with its own name for itself, English first."""
    codes = sorted(path.stem.removeprefix(_NAME) for path in resource("translations").glob(f"{_NAME}*.qm"))
    return {ENGLISH: "English", **{code: QLocale(code).nativeLanguageName().capitalize() for code in codes}}


def find_language(choice: str, preferred: list[str] | None = None) -> str:
    """Return the code of a language to show.

    Args:
        choice: A code, or “system”.
        preferred: The languages that the user wants everywhere, such as “de-AT”, the best first; None asks the system.
    """
    languages = list_languages()
    wanted = [choice] if choice != SYSTEM else QLocale.system().uiLanguages() if preferred is None else preferred
    codes = (name.replace("_", "-").partition("-")[0] for name in wanted)
    return next((code for code in codes if code in languages), ENGLISH)


class WindowLanguage:
    """The language in which windows are built from now on.

    Attributes:
        code: Its code, such as “de”.
    """

    def __init__(self, application: QApplication) -> None:
        self._application = application
        self._of_qt: QTranslator | None = None
        self.code = ENGLISH

    def apply(self, choice: str) -> bool:
        """Take the language of a choice, for texts and for numbers; return whether it is another one."""
        before, self.code = self.code, find_language(choice)
        locale = QLocale.system() if choice == SYSTEM else QLocale(self.code)
        if locale.language() != QLocale(self.code).language():
            locale = QLocale(self.code)
        QLocale.setDefault(locale)
        self._application.setLayoutDirection(locale.textDirection())
        self._translate_qt()
        install_language(_load_catalog(self.code), locale.decimalPoint())
        return self.code != before

    def _translate_qt(self) -> None:
        """Let Qt's own buttons, dialogs and menus speak the language."""
        if self._of_qt:
            self._application.removeTranslator(self._of_qt)
            self._of_qt = None
        translator = QTranslator(self._application)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self.code != ENGLISH and translator.load(f"qtbase_{self.code}", folder):
            self._application.installTranslator(translator)
            self._of_qt = translator


def _load_catalog(code: str) -> partial[str] | None:
    """Return what translates into a language; None for English, and where the catalog cannot be read."""
    if code == ENGLISH:
        return None
    translator = QTranslator()
    if not translator.load(str(resource("translations", f"{_NAME}{code}.qm"))):
        log.warning("The catalog of the language %s cannot be read", code)
        return None
    return partial(_translate, translator)


def _translate(translator: QTranslator, text: str, comment: str, count: int) -> str:
    """Return a text in the language of a catalog, or as it is where that lacks it; may be called in any thread."""
    return translator.translate("", text, comment, count) or (comment if count == 1 else text)
