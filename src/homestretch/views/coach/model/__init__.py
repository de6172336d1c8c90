"""The language model as pages and commands show it."""
