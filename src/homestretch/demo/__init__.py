"""The demo athlete, made as real bytes."""
