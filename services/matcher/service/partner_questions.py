"""What the statements of one organisation look for among those of the others."""

from dataclasses import dataclass

from services.matcher.domain.constants import QUERIED_STATEMENTS
from services.matcher.domain.statements import MatchedOrganisation, Statement
from services.matcher.service.evidence import Question
from services.matcher.service.live import Live
from shared.contracts.organisation import Necessity, Side
from shared.contracts.suggestions import SuggestionSide


@dataclass(frozen=True)
class Questions:
    """What the asker's statements look for."""

    needs: tuple[Question, ...]
    offers: tuple[Question, ...]
    """Its capabilities, among the others' needs."""
    alike: tuple[Question, ...]
    """Its capabilities, among the others' capabilities, for sides that state no needs."""
    side: SuggestionSide

    @property
    def broad(self) -> tuple[Question, ...]:
        """For candidates; who is like an asker without needs is looked for as related work."""
        if self.side is SuggestionSide.NEED:
            return self.needs
        alike = self.alike if self.side is SuggestionSide.CAPABILITY and self.needs else ()
        return (*self.needs, *self.offers, *alike)

    def exact(self, partners: list[MatchedOrganisation]) -> tuple[Question, ...]:
        """For the scores of these."""
        silent = not self.needs or any(not one.side(Side.NEED) for one in partners)
        return (*self.needs, *self.offers, *(self.alike if silent else ()))


async def questions_of(live: Live, asker: MatchedOrganisation, side: SuggestionSide) -> Questions:
    """From stored vectors, or embedded now."""
    needs = _asked(asker.side(Side.NEED))
    offers = _asked(asker.side(Side.CAPABILITY))
    probes = await live.encoder.probes([*needs, *offers])
    wanted, offered = probes[: len(needs)], probes[len(needs) :]
    return Questions(
        needs=tuple(Question(probe, Side.CAPABILITY) for probe in wanted),
        offers=tuple(Question(probe, Side.NEED) for probe in offered),
        alike=tuple(Question(probe, Side.CAPABILITY) for probe in offered),
        side=side,
    )


def _asked(statements: tuple[Statement, ...]) -> list[Statement]:
    nice_last = sorted(statements, key=lambda s: s.necessity is Necessity.NICE_TO_HAVE)
    return nice_last[:QUERIED_STATEMENTS]
