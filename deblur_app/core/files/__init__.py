"""Files: names, atomic writing, and what may be written."""
