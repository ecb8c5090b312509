"""What every request passes before a route: identity, rate, pace of its body, headers."""
