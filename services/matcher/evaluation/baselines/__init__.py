"""Plain rankings that an engine has to beat, one a file."""
