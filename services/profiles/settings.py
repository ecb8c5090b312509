"""What the profiles service is told from outside."""

from pydantic import Field

from shared.settings import CommonSettings

MEBIBYTE = 1024 * 1024


class ProfilesSettings(CommonSettings):
    """Read from the environment, HEZUO_*."""

    nats_url: str = Field(description="where events are published, nats://...")
    matcher_url: str | None = Field(
        None, description="compares statements with the rules of screening; without it, none is"
    )
    body_limit: int = 8 * MEBIBYTE
    """Bytes of a JSON body; an organisation with 500 long statements fits."""
    import_limit: int = 1024 * MEBIBYTE
    """Bytes of an uploaded file, which is streamed."""
