"""What insights count, and their questions to PostgreSQL."""
