"""The model that an operator has chosen."""

from collections.abc import Callable

from services.matcher.ports import Embedder
from services.matcher.settings import MatcherSettings

LoadModel = Callable[[], Embedder]


def chosen_model(settings: MatcherSettings) -> LoadModel:
    """To be called in a thread: it takes seconds, and imports the model's library."""

    def load() -> Embedder:
        from services.matcher.embedding.sentence_transformer import load_embedder

        return load_embedder(settings.model, settings.device, settings.precision)

    return load
