"""What a language model is given, and what of its answer may be shown: words, facts, contexts and claims."""
