"""The gateway's own use cases."""
