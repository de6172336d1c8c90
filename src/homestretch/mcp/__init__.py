"""The MCP door: what language models may read and propose. Every file here is a noun with its tools."""
