"""Files that are opened: what was dropped, what makes a pair, what cannot be read."""
