"""The training itself: epochs, devices, processes."""
