"""The jobs: each says what is due and does it."""
