"""The program `deblur-train` of the installed app: training on the terminal."""

import multiprocessing
import sys

if __name__ == "__main__":
    multiprocessing.freeze_support()  # a process that this one starts is this program again
    from training.cli.main import main

    sys.exit(main())
