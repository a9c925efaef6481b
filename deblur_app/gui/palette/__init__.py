"""The command palette: all actions, methods and recent photos, found by a few letters."""
