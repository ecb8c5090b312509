"""Serving at 100,000 statements: search, suggestions, many clients, writes, memory, growth."""
