"""Sending e-mail over SMTP (RFC 5321), each with TLS unless the operator says otherwise."""

from dataclasses import dataclass
from email.message import EmailMessage
from typing import Literal

_SECONDS = 30.0


class MailFailedError(Exception):
    """The server did not take it; `permanent` ones are refused for good."""

    def __init__(self, problem: str, *, permanent: bool) -> None:
        super().__init__(problem)
        self.problem = problem
        self.permanent = permanent


@dataclass(frozen=True)
class SmtpServer:
    """Where and how. `sender` is the address in From."""

    host: str
    port: int
    sender: str
    security: Literal["starttls", "tls", "none"] = "starttls"
    username: str | None = None
    password: str | None = None


class SmtpSender:
    """One connection for each e-mail: there are few, and a broken one harms no other."""

    def __init__(self, server: SmtpServer) -> None:
        self.server = server

    async def send(self, message: EmailMessage) -> None:
        """Hand it over. Raises MailFailedError."""
        import aiosmtplib

        server = self.server
        try:
            await aiosmtplib.send(
                message,
                hostname=server.host,
                port=server.port,
                username=server.username,
                password=server.password,
                use_tls=server.security == "tls",
                start_tls=server.security == "starttls",
                timeout=_SECONDS,
            )
        except aiosmtplib.SMTPRecipientsRefused as error:
            codes = [one.code for one in error.recipients]
            raise MailFailedError(f"refused {codes}", permanent=min(codes) >= 500) from error
        except aiosmtplib.SMTPResponseException as error:
            # Whom we may not log in to, or talk to in this way, may be set right.
            permanent = error.code >= 500 and isinstance(error, aiosmtplib.SMTPDataError)
            raise MailFailedError(f"answer {error.code}", permanent=permanent) from error
        except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
            raise MailFailedError(type(error).__name__, permanent=False) from error
