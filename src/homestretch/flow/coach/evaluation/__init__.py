"""Evaluation: made-up situations, and what code asks of a model's answers to them."""
