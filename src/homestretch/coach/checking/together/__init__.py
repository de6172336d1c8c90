"""Whether rules can hold together, before anything is planned."""
