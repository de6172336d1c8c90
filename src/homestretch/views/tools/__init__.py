"""What language models and their clients are given: less than pages show, with terms and privacy held."""
