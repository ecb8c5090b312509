"""A direction of a match as two columns with lines between them. Pure."""

from dataclasses import dataclass, field

from shared.contracts.suggestions import Direction, StatementQuote


@dataclass(frozen=True)
class Line:
    """From a need to a capability, both by their places in the columns."""

    need: int
    capability: int
    score: float


@dataclass
class Columns:
    """What is wanted on the left, what can be done on the right; unmet needs have no line."""

    needs: list[StatementQuote] = field(default_factory=list)
    capabilities: list[StatementQuote] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    @property
    def drawn(self) -> list[tuple[int, int, float]]:
        """The lines as a script takes them."""
        return [(line.need, line.capability, round(line.score, 4)) for line in self.lines]

    def of_need(self, place: int) -> list[Line]:
        """The lines of a need."""
        return [line for line in self.lines if line.need == place]

    def of_capability(self, place: int) -> list[Line]:
        """The lines of a capability."""
        return [line for line in self.lines if line.capability == place]


def columns(direction: Direction) -> Columns:
    """Each statement once: one capability may answer several needs."""
    made = Columns()
    for answer in direction.answers:
        need = _place(made.needs, answer.need)
        capability = _place(made.capabilities, answer.capability)
        made.lines.append(Line(need, capability, answer.score))
    for unmet in direction.unmet:
        _place(made.needs, unmet)
    return made


def _place(column: list[StatementQuote], one: StatementQuote) -> int:
    """Hidden statements have no id: each stands for itself."""
    for place, there in enumerate(column):
        if one.id is not None and (there.organisation, there.id) == (one.organisation, one.id):
            return place
    column.append(one)
    return len(column) - 1
