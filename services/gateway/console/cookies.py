"""The console's cookies: names, and how they are set."""

from dataclasses import dataclass

from starlette.requests import HTTPConnection
from starlette.responses import Response

_YEAR = 365 * 24 * 3600


@dataclass(frozen=True)
class Cookies:
    """`__Host-` pins a cookie to this host and to TLS (RFC 6265bis); without TLS it cannot be."""

    behind_tls: bool

    @property
    def session(self) -> str:
        """Whose value is a session's secret."""
        return self._named("session")

    @property
    def visitor(self) -> str:
        """Whose value is random, for form tokens before anybody is logged in."""
        return self._named("visitor")

    @property
    def flash(self) -> str:
        """What is to be said on the next page, signed."""
        return self._named("said")

    @property
    def login(self) -> str:
        """State of a login at an identity provider, signed."""
        return self._named("login")

    @property
    def language(self) -> str:
        """`zh` or `en`."""
        return self._named("language")

    def read(self, connection: HTTPConnection, name: str) -> str:
        """The value, empty where it is not there."""
        return connection.cookies.get(name, "")

    def keep(
        self, response: Response, name: str, value: str, *, seconds: int | None = None
    ) -> None:
        """Set one; for this browser session without `seconds`."""
        response.set_cookie(
            name,
            value,
            max_age=seconds,
            path="/",
            secure=self.behind_tls,
            httponly=True,
            samesite="lax",
        )

    def keep_language(self, response: Response, value: str) -> None:
        """For a year."""
        self.keep(response, self.language, value, seconds=_YEAR)

    def drop(self, response: Response, name: str) -> None:
        """Forget one."""
        response.delete_cookie(
            name, path="/", secure=self.behind_tls, httponly=True, samesite="lax"
        )

    def _named(self, name: str) -> str:
        return f"__Host-hezuo-{name}" if self.behind_tls else f"hezuo-{name}"
