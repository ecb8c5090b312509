"""Reading what a statement says of materials, methods, effect, product and application. Pure."""
