"""Reads rules from common phrases, without a language model: a phrase is understood whole or not at all."""
