"""Settings that every service has; each service adds its own with its own prefix."""

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class CommonSettings(BaseSettings):
    """Read from the environment, HEZUO_*."""

    model_config = SettingsConfigDict(env_prefix="HEZUO_", extra="ignore", populate_by_name=True)

    host: str = "127.0.0.1"
    port: int = 0
    database_url: str = Field(description="SQLAlchemy URL, postgresql+asyncpg://...")
    internal_secret: SecretStr = Field(description="shared by the services; 32 characters or more")
    log_level: str = "INFO"
    log_json: bool = True
    parent_pid: int | None = Field(
        default=None, description="stop when this process is no longer the parent (embedded stack)"
    )
    shutdown_seconds: int = 10
