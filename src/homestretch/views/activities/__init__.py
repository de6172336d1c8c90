"""The list of activities, and one of them whole."""
