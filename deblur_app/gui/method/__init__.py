"""The panel of the method and its settings."""
