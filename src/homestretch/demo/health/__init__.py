"""The demo athlete's days and nights: what happened, how the body answered, and what devices wrote down."""
