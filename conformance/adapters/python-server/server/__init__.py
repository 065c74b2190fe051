"""A server of e2ee-sync 1.0.0, in both profiles."""
