"""Typed clients of the services, for other services and the command line."""
