"""Questions to the coach, answered from tools that only read."""
