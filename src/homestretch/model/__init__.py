"""The nouns, frozen: what a recording is, whatever file or service it came from."""
