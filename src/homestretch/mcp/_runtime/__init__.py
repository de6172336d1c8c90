"""Puts the MCP server together, and opens it over HTTP or standard input."""
