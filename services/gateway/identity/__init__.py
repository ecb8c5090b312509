"""Who is asking: tokens, API keys, and the principal they stand for."""
