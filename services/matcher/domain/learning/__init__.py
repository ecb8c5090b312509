"""From what people decided to a better ranking; pure."""
