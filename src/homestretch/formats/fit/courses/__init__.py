"""FIT courses: a line to follow, with points on the way."""
