"""Arrays in, numbers out: pure computations over recordings."""
