"""Security events: what the security log keeps."""
