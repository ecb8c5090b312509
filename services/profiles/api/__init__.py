"""HTTP: handlers that call one use case each."""
