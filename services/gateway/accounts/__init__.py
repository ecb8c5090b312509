"""People, one-time links and sessions: who sits before the browser."""
