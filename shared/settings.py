"""Settings that every service has; each service adds its own with its own prefix."""

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class CommonSettings(BaseSettings):
    """Read from the environment, HEZUO_*."""

    model_config = SettingsConfigDict(
        env_prefix="HEZUO_",
        extra="ignore",
        populate_by_name=True,
        use_attribute_docstrings=True,
    )

    host: str = "127.0.0.1"
    """The address to listen on."""
    port: int = 0
    """The port to listen on; 0 for any free one."""
    database_url: str = Field(description="SQLAlchemy URL, postgresql+asyncpg://...")
    internal_secret: SecretStr = Field(description="shared by the services; 32 characters or more")
    log_level: str = "INFO"
    """DEBUG, INFO, WARNING or ERROR."""
    log_json: bool = True
    """JSON lines; false for lines to be read by people."""
    parent_pid: int | None = Field(
        default=None, description="stop when this process is no longer the parent (embedded stack)"
    )
    shutdown_seconds: int = 10
    """For requests that are being answered when the process is told to stop."""
