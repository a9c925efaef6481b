"""The program `deblur` of the installed app: the terminal's commands, and the window without any."""

import multiprocessing
import sys

if __name__ == "__main__":
    multiprocessing.freeze_support()  # a process that this one starts is this program again
    from deblur_app.__main__ import main

    sys.exit(main())
