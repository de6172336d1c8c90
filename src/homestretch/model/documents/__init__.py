"""One TypedDict for each answer: views return it, API, CLI and MCP publish it."""
