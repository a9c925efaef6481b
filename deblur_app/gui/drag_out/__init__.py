"""Dragging a result out of the window into a file manager or another program."""
