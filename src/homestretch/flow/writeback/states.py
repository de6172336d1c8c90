"""What may yet become of a proposal."""

OPEN, APPROVED, APPLIED, REJECTED, FAILED, UNDONE = "open", "approved", "applied", "rejected", "failed", "undone"
