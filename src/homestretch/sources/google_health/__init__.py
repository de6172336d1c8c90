"""Google Health (API v4): what Fitbit and Pixel devices measured, and what else syncs into it."""
