"""A fake endpoint of language models."""
