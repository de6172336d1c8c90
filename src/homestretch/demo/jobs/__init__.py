"""The demo's own work in the background."""
