"""The mask of a photo in the window: painted on the picture, shown over it, undone and redone."""
