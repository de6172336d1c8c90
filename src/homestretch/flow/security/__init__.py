"""The security log: who signed in, and who changed who may do what."""
