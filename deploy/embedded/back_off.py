"""How long to wait before a crashed part is started again."""


class BackOff:
    """Pauses double from `first` to `longest` seconds, until the part has run for `calm`."""

    def __init__(self, *, first: float = 0.2, longest: float = 10.0, calm: float = 30.0) -> None:
        self._first = first
        self._longest = longest
        self._calm = calm
        self._pause = first

    def after_crash(self, ran_seconds: float) -> float:
        """The pause in seconds after a run of that length."""
        pause = self._first if ran_seconds >= self._calm else self._pause
        self._pause = min(pause * 2, self._longest)
        return pause
