"""A folder on the server, or a device that is mounted there."""
