"""Reviews: what was done beside what was planned, without a language model."""
