"""Networks from elsewhere that the user adds: read, checked, converted once, and run in a process of their own."""
