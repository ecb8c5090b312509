"""The gateway's settings, HEZUO_* in the environment."""

from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import SettingsConfigDict

from shared.local_keys import AUDIENCE, LOCAL_ISSUER
from shared.settings import CommonSettings


class GatewaySettings(CommonSettings):
    """Where the services are, who is believed, and how much is accepted.

    Rates are written as `limits` reads them, for instance 600/minute.
    """

    # An empty value is none given: compose files can only give an optional one like this.
    model_config = SettingsConfigDict(env_ignore_empty=True)

    profiles_url: str
    """The profiles service."""
    matcher_url: str
    """The matcher."""

    issuer: str = LOCAL_ISSUER
    """Whose tokens are taken, as in their `iss`."""
    audience: str = AUDIENCE
    """For whom tokens must be made, as in their `aud`."""
    jwks_file: Path | None = None
    """The issuer's key set in a file: the embedded platform's own keys."""
    jwks_url: str | None = None
    """The OpenID Connect provider's key set; used instead of a file in production."""
    role_claim: str = "role"
    """A claim with one role or a list of them; dots lead into objects (realm_access.roles)."""
    organisation_claim: str = "organisation"
    """The claim that names the organisation a member speaks for."""

    rate_limit: str = "1200/minute"
    """Requests of one person."""
    anonymous_rate_limit: str = "60/minute"
    """Requests of one address without a token."""
    batch_rate_limit: str = "60000/minute"
    """Requests of one batch job."""
    rate_limit_storage: str = "async+memory://"
    """Memory counts per replica; a shared store (async+redis://...) counts over all of them."""

    body_limit: int = 1_000_000
    """Bytes of a request."""
    profile_body_limit: int = 8 * 1024 * 1024
    """Bytes of a profile; the largest one of the contract fits."""
    import_body_limit: int = 1_000_000_000
    """Bytes of an uploaded file."""
    header_seconds: float = 15.0
    """For the headers of a request to arrive."""
    body_grace_seconds: float = 20.0
    """For a body to begin to arrive."""
    body_bytes_per_second: float = 500.0
    """A body must have arrived within the grace plus its size so far over this rate."""
    upstream_seconds: float = 15.0
    """For a service to answer."""
    import_seconds: float = 600.0
    """For an upload to be stored."""

    outbound_private_networks: tuple[str, ...] = ()
    """Private networks (10.0.0.0/8) that pages and webhooks may lie in; none unless named."""
    webhook_plain_http: bool = False
    """Whether webhooks may have addresses without TLS."""

    nats_url: str | None = None
    """The bus whose events become messages; without it there are none."""
    public_url: str | None = None
    """Where people reach the platform, https://..., for links in e-mails."""
    smtp_host: str | None = None
    """The server that takes e-mails; without one there is the inbox alone."""
    smtp_port: int = 587
    """The mail server's port."""
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    """How the connection is kept from being read."""
    smtp_username: str | None = None
    """Where the mail server wants a name."""
    smtp_password: SecretStr | None = None
    """Its password."""
    smtp_sender: str | None = None
    """The address in From."""
    time_zone: str = "Asia/Shanghai"
    """In whose morning digests and reminders go out."""
    digest_hour: int = Field(default=8, ge=0, le=23)
    """At which hour of that zone digests and reminders go out."""
    profile_stale_days: int = Field(default=180, ge=1)
    """Without a change for so long, an organisation is asked to look at its profile."""
    statement_notice_days: int = Field(default=14, ge=0)
    """How long before the end of a statement its owner is reminded."""

    oidc_client_id: str | None = None
    """Logins go to the issuer where this is set, else by one-time links."""
    oidc_client_secret: SecretStr | None = None
    """As registered at the issuer."""
    oidc_name: str = "OpenID Connect"
    """What the login page calls the provider."""
    oidc_scope: str = "openid profile email"
    """What the issuer is asked for."""
    registration: bool = True
    """Whether an unknown e-mail address becomes a member's account."""
    session_idle_hours: float = 4.0
    """A login ends after so long without a request."""
    session_hours: float = 24.0
    """A login ends after so long in any case."""

    cors_origins: tuple[str, ...] = ()
    """Web origins whose pages may call the API."""
    behind_tls: bool = False
    """Whether clients reach us over TLS only; then HSTS is sent."""
    database_pool: int = 8
    """Connections to PostgreSQL."""

    @model_validator(mode="after")
    def _mail_has_a_sender(self) -> Self:
        if (self.smtp_host is None) != (self.smtp_sender is None):
            raise ValueError("give HEZUO_SMTP_HOST and HEZUO_SMTP_SENDER: both or neither")
        return self

    @model_validator(mode="after")
    def _one_key_source(self) -> Self:
        if (self.jwks_file is None) == (self.jwks_url is None):
            raise ValueError("give HEZUO_JWKS_FILE or HEZUO_JWKS_URL: one of the two")
        return self
