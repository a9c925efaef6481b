"""The look of the window: appearance, style sheet and icons, from the tokens of `gui.theme`."""
