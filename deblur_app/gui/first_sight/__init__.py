"""The invitation that the window shows while no photo is open."""
