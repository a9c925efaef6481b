"""Pictures on the screen: panes, zoom, selection."""
