"""The life of a match, as pure rules: from, to, who may, and when it happens by itself."""
