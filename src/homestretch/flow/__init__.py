"""All writing: what changes the store and the archive, and in which order."""
