"""What the rules of calls say no with."""

from typing import Any


class CallRefusalError(Exception):
    """`code` is one of the catalogue; `parameters` fill its sentences."""

    def __init__(self, code: str, **parameters: Any) -> None:
        self.code = code
        self.parameters = parameters
        super().__init__(code)
