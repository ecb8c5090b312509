"""A service that is ready at once and does nothing: what the supervisor needs to see."""
