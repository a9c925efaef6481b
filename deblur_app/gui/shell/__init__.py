"""The frame of the window: top bar, workspaces, and what they remember."""
