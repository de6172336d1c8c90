"""What a rule of training is, what it is checked against, and how a whole set of rules is checked."""
