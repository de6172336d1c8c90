"""Contexts: the facts that a language model is given about a workout, a week, a plan or words, within the terms."""
