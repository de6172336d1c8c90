"""Changes at providers: proposed, approved, applied once, reverted."""
