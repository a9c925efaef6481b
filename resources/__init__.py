"""Files that come with the program: icons, weights with their cards, sample pictures."""
