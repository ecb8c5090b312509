"""A published call, its seats, and what may be done with them; pure."""
