"""Why the embedded stack did not start, with the mend."""


class StartError(RuntimeError):
    """Something that the person at the terminal can mend; the message says how."""

    def __init__(self, problem: str, mend: str) -> None:
        super().__init__(f"{problem}\n{mend}")
        self.problem = problem
        self.mend = mend
