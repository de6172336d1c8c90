"""What a store of another system holds in our own terms, and how it is read: never written to."""
