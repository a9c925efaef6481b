"""The window. Only this package and `deblur_app.app` know Qt."""

import builtins
import importlib

import PySide6.QtCore  # noqa: F401 # it puts its own import in the place of Python's

# PySide6's own reads the source of every module that is imported, for a feature that nothing here uses: a tenth of the
# time to the first paint.
builtins.__import__ = importlib.__import__
