"""What pages and commands show of the coach, and what plans are made from."""
