"""The demo athlete's days and nights: what happened, what the body made of it, and what devices wrote down."""
