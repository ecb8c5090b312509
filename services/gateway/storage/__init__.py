"""What the gateway keeps in PostgreSQL."""
