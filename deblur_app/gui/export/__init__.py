"""Export of a result: the dialog, and the settings of a saved file, which the preferences show too."""
