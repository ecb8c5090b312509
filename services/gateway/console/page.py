"""One request for a page: who asks, in which language, and how it is answered."""

from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, TypeVar, cast
from urllib.parse import urlencode

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel, ValidationError
from starlette.datastructures import FormData

from services.gateway.accounts.secret import form_token
from services.gateway.accounts.sessions import Session
from services.gateway.console.flash import Said, Tone
from services.gateway.console.forms import plain_fields
from services.gateway.console.headers import content_security_policy
from services.gateway.console.upstream import Upstream
from services.gateway.context import Gateway, Parts
from services.gateway.rights import require_role
from shared.contracts.accounts import Person
from shared.contracts.organisation import Language
from shared.contracts.principal import Principal, Role
from shared.errors import ProblemError
from shared.http.problems import field_problems

Form = TypeVar("Form", bound=BaseModel)


@dataclass
class Page:
    """What a handler works with."""

    request: Request
    parts: Gateway

    @property
    def session(self) -> Session | None:
        """The browser's session, where it is logged in."""
        return cast("Session | None", getattr(self.request.state, "session", None))

    @property
    def person(self) -> Person:
        """Whose account it is. Raises ProblemError("unauthenticated")."""
        if self.session is None:
            raise ProblemError("unauthenticated", reason="")
        return self.session.person

    @property
    def reader(self) -> Principal:
        """The same principal that a token would give. Raises ProblemError("unauthenticated")."""
        return self.person.principal

    @property
    def organisation(self) -> str:
        """The organisation a member speaks for. Raises ProblemError("own_organisation_only")."""
        if self.reader.organisation is None:
            raise ProblemError("own_organisation_only")
        return self.reader.organisation

    @property
    def language(self) -> Language:
        """From the cookie, else from what the browser asks for."""
        return cast(Language, self.request.state.language)

    @property
    def nonce(self) -> str:
        """What scripts of this page must carry."""
        return cast(str, self.request.state.nonce)

    @cached_property
    def profiles(self) -> Upstream:
        """The profiles service, in the reader's name."""
        return Upstream(self.parts.profiles, self.reader, self.language)

    @cached_property
    def matcher(self) -> Upstream:
        """The matcher, in the reader's name."""
        return Upstream(self.parts.matcher, self.reader, self.language)

    @property
    def form_token(self) -> str:
        """What this browser's forms must carry."""
        return form_token(cast(str, self.request.state.form_secret))

    async def form(self) -> FormData:
        """The form as it came; its token has been checked."""
        return await self.request.form()

    async def read_form(self, model: type[Form], **more: object) -> Form:
        """The form as a contract: empty fields are left out, `a.b` leads into objects, a field
        that comes several times is a list. Raises ProblemError("invalid_request") with fields.
        """
        try:
            return model.model_validate({**plain_fields(await self.form()), **more})
        except ValidationError as error:
            fields = field_problems([dict(one) for one in error.errors()])
            raise ProblemError("invalid_request", fields=fields) from error

    def render(
        self,
        template: str,
        *,
        status: int = 200,
        policy: dict[str, str] | None = None,
        **context: Any,
    ) -> HTMLResponse:
        """The page. `policy` adds sources to directives of the Content-Security-Policy."""
        cookies = self.parts.console.cookies
        flash = self.request.cookies.get(cookies.flash)
        html = self.parts.console.render(
            template,
            self.language,
            page=self,
            path=self.request.url.path,
            nonce=self.nonce,
            flash=self.parts.console.flashes.read(flash) if flash else None,
            **context,
        )
        response = HTMLResponse(html, status_code=status)
        response.headers["Content-Language"] = self.language
        response.headers["Content-Security-Policy"] = content_security_policy(self.nonce, policy)
        if flash:
            cookies.drop(response, cookies.flash)
        return response

    def fragment(self, template: str, **context: Any) -> HTMLResponse:
        """A part of a page, for a script that puts it in place."""
        return self.render(template, **context)

    def redirect(
        self,
        to: str,
        text: str | None = None,
        *,
        tone: Tone = "success",
        undo: str | None = None,
        **values: object,
    ) -> Response:
        """Lead on after a POST (303), with a sentence for the next page."""
        response = RedirectResponse(to, status_code=303)
        if text:
            said = Said(text, {name: str(value) for name, value in values.items()}, tone, undo)
            cookies = self.parts.console.cookies
            cookies.keep(
                response, cookies.flash, self.parts.console.flashes.write(said), seconds=60
            )
        return response

    def address(self, **changes: object) -> str:
        """This page's address with other query parameters; None takes one out."""
        changed = {name for name in changes if name != "cursor"}
        kept = [
            (name, value)
            for name, value in self.request.query_params.multi_items()
            # A cursor belongs to the filters that it was made with.
            if name not in changes and not (name == "cursor" and changed)
        ]
        added = [(name, str(value)) for name, value in changes.items() if value is not None]
        query = urlencode(kept + added)
        return self.request.url.path + (f"?{query}" if query else "")


async def visitor(request: Request, parts: Parts) -> Page:
    """Anybody."""
    return Page(request, parts)


async def signed_in(page: Annotated[Page, Depends(visitor)]) -> Page:
    """Anybody who is logged in. Raises ProblemError("unauthenticated"): leads to the login."""
    _ = page.person
    return page


async def _for_members(page: Annotated[Page, Depends(signed_in)]) -> Page:
    require_role(page.reader, Role.MEMBER)
    return page


async def _for_coordinators(page: Annotated[Page, Depends(signed_in)]) -> Page:
    require_role(page.reader, Role.COORDINATOR, Role.OPERATOR)
    return page


async def _for_operators(page: Annotated[Page, Depends(signed_in)]) -> Page:
    require_role(page.reader, Role.OPERATOR)
    return page


Visitor = Annotated[Page, Depends(visitor)]
SignedIn = Annotated[Page, Depends(signed_in)]
ForMembers = Annotated[Page, Depends(_for_members)]
ForCoordinators = Annotated[Page, Depends(_for_coordinators)]
ForOperators = Annotated[Page, Depends(_for_operators)]
