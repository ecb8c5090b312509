"""What a command says when it cannot do its work."""


class CommandError(RuntimeError):
    """A sentence for the person at the terminal; the command ends with `exit_code`."""

    exit_code = 1


class BadInputError(CommandError):
    """What was given is wrong, as a wrong option would be: nothing was done."""

    exit_code = 2
