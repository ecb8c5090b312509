"""What a command says when it cannot do its work."""


class CommandError(RuntimeError):
    """A sentence for the person at the terminal; the command ends with exit code 1."""
