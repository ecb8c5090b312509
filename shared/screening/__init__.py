"""Finding what the rules of policy screening mean, by patterns and by likeness. Pure."""
