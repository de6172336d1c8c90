"""Charts: each file describes one and makes its Frame."""
