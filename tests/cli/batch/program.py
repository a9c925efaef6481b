"""The program as a process of its own that hears Ctrl+C, also where a shell started the tests in the background."""

from __future__ import annotations

import sys

_START = (
    "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "from deblur_app.__main__ import main; sys.exit(main())"
)
PROGRAM = (sys.executable, "-c", _START)
"""The words before the arguments. What a shell starts in the background ignores Ctrl+C, and so does all below it."""
