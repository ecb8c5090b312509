"""What the three HTTP services share: problem details, request ids, limits, principals."""
