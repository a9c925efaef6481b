"""What the window shows while no photo is open."""
