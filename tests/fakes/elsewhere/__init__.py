"""A source that is signed in to by OAuth, for tests: it lies beside the sources of Homestretch as if it were one."""
