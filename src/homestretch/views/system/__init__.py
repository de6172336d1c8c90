"""Imports, progress, server health, and checks of the installation."""
