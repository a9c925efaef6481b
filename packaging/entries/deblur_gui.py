"""The program `deblur-gui` of the installed app, which a double click starts: the window."""

import multiprocessing
import sys

if __name__ == "__main__":
    multiprocessing.freeze_support()  # a process that this one starts is this program again
    from deblur_app.__main__ import gui_main

    sys.exit(gui_main())
