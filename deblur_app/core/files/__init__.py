"""Files: names, atomic writing, what may be written, and the log."""
