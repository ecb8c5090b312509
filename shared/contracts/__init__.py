"""What the services say to each other and to their clients. Imports pydantic only."""
