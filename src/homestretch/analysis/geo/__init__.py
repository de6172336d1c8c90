"""Places: distances on the sphere, lines, and how to write a line down in few letters."""
