"""One week: what bounds it, what it holds, on which days, and how long."""
