"""Options that several commands have, or that take many words."""
