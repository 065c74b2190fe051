"""The adapter of the client: JSON-RPC 2.0, one line each, as ../README.md has it."""
