"""The program itself: reports of how it ended, what it ships, and messages where there is no window."""
