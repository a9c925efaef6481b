"""The number of threads that share the work on one picture."""

from __future__ import annotations

import os

THREADS = os.cpu_count() or 1
"""Threads for one picture: as many as there are processors. Asked once: small transforms take less time than that."""
