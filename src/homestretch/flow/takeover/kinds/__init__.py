"""The systems whose data can be taken over, a file each."""
