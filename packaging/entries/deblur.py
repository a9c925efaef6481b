"""The program `deblur` of the installed app: the terminal, and the window without a command."""

import multiprocessing
import sys

if __name__ == "__main__":
    multiprocessing.freeze_support()  # a process that this one starts is this program again
    if sys.argv[1:] == ["--check-build"]:
        from check_build import main
    else:
        from deblur_app.__main__ import main

    sys.exit(main())
