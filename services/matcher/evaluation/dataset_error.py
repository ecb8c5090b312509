"""What is wrong with a data set, where, and how to mend it."""

from pathlib import Path


class DatasetError(Exception):
    """A data set that cannot be used as it is. `line` counts from 1; None: the whole file."""

    def __init__(self, file: Path, line: int | None, problem: str, mend: str) -> None:
        self.file, self.line, self.problem, self.mend = file, line, problem, mend
        place = str(file) if line is None else f"{file}:{line}"
        super().__init__(f"{place}: {problem}. Mend: {mend}.")
