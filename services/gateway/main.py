"""Putting the gateway together."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2 as httpx
from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware

from services.gateway.accounts.composition import compose_accounts
from services.gateway.admission.body_pace import BodyPaceMiddleware
from services.gateway.admission.middleware import AdmissionMiddleware
from services.gateway.admission.rates import RateLimiter, Rates
from services.gateway.admission.security_headers import SecurityHeadersMiddleware
from services.gateway.api import include_routes
from services.gateway.console.middleware import ConsoleMiddleware
from services.gateway.console.pages import include_pages
from services.gateway.console.problem_page import show_problem
from services.gateway.console.rendering import Console
from services.gateway.console.session_cookie import SessionCookies
from services.gateway.context import Gateway
from services.gateway.drafts.composition import profile_drafts
from services.gateway.drafts.service import FILE_LIMIT
from services.gateway.identity.authenticator import Authenticator
from services.gateway.identity.claims import ClaimNames
from services.gateway.identity.key_set import KeySet, Source, from_file, from_url
from services.gateway.identity.oidc import Client as OidcClient
from services.gateway.identity.oidc import OidcLogin
from services.gateway.identity.tokens import TokenVerifier
from services.gateway.messages.composition import compose_messages
from services.gateway.messages.stop_signal import before_stopping
from services.gateway.service.api_keys import ApiKeys
from services.gateway.settings import GatewaySettings
from services.gateway.storage.api_keys import ApiKeyStore
from services.gateway.taxonomy import load_taxonomy
from shared.background import BackgroundLoops
from shared.clients.service_client import ServiceClient
from shared.db import Database
from shared.internal_tokens import InternalTokens
from shared.migrations import migrate
from shared.runtime import install_common, platform_version

_DESCRIPTION = (
    "Partner matchmaking for research: who can do what you need, who needs what you can do, "
    "and why. 科研合作对接平台。"
)
_Transport = httpx.AsyncBaseTransport | None


def create_app(
    settings: GatewaySettings, *, profiles: _Transport = None, matcher: _Transport = None
) -> FastAPI:
    """The gateway. The transports stand in for the network in tests."""
    gateway = _gateway(settings, profiles, matcher)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        loops = BackgroundLoops()
        loops.start("preparation", lambda: _prepare(gateway, loops))
        before_stopping(lambda: loops.start("end of streams", gateway.messages.feed.close))
        yield
        await loops.stop()
        await gateway.close()

    app = FastAPI(
        title="Hezuo 合作",
        description=_DESCRIPTION,
        version=platform_version(),
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.gateway = gateway
    include_routes(app)
    include_pages(app)
    _install_middleware(app, gateway)
    return app


async def _prepare(gateway: Gateway, loops: BackgroundLoops) -> None:
    """Bring the tables up to date; tokens are served meanwhile, API keys answer 503."""
    await asyncio.to_thread(migrate, "services.gateway", gateway.settings.database_url)
    gateway.messages.start(loops)


def _gateway(settings: GatewaySettings, profiles: _Transport, matcher: _Transport) -> Gateway:
    tokens = InternalTokens(settings.internal_secret.get_secret_value(), "gateway")
    database = Database(settings.database_url, pool_size=settings.database_pool)
    seconds = settings.upstream_seconds

    def client(name: str, url: str, transport: _Transport) -> ServiceClient:
        return ServiceClient(name, url, tokens, timeout_seconds=seconds, transport=transport)

    profiles_client = client("profiles", settings.profiles_url, profiles)
    matcher_client = client("matcher", settings.matcher_url, matcher)
    issuer_http = httpx.AsyncClient()
    keys = KeySet(_key_source(settings, issuer_http))
    messages = compose_messages(settings, database, profiles_client, matcher_client)
    return Gateway(
        settings=settings,
        database=database,
        profiles=profiles_client,
        matcher=matcher_client,
        api_keys=ApiKeys(ApiKeyStore(database)),
        taxonomy=load_taxonomy(),
        issuer_http=issuer_http,
        keys=keys,
        drafts=profile_drafts(settings.outbound_private_networks),
        messages=messages,
        accounts=compose_accounts(settings, database, profiles_client, messages.publishing),
        console=Console(
            settings.internal_secret.get_secret_value(),
            behind_tls=settings.behind_tls,
            time_zone=settings.time_zone,
        ),
        oidc=_oidc(settings, issuer_http, keys),
    )


def _oidc(settings: GatewaySettings, client: httpx.AsyncClient, keys: KeySet) -> OidcLogin | None:
    """Logins at the issuer, where we are known to it."""
    if not settings.oidc_client_id:
        return None
    secret = settings.oidc_client_secret
    known = OidcClient(
        settings.oidc_client_id,
        secret.get_secret_value() if secret else None,
        settings.oidc_scope,
    )
    names = ClaimNames(settings.role_claim, settings.organisation_claim)
    return OidcLogin(settings.issuer, known, keys, names, client)


def _authenticator(settings: GatewaySettings, gateway: Gateway) -> Authenticator:
    names = ClaimNames(settings.role_claim, settings.organisation_claim)
    verifier = TokenVerifier(gateway.keys, settings.issuer, settings.audience, names)
    return Authenticator(verifier, gateway.api_keys)


def _key_source(settings: GatewaySettings, client: httpx.AsyncClient) -> Source:
    if settings.jwks_url:
        return from_url(settings.jwks_url, client)
    if settings.jwks_file:
        return from_file(settings.jwks_file)
    raise ValueError("no key set is configured")


def _install_middleware(app: FastAPI, gateway: Gateway) -> None:
    """Innermost first: pace, admission, origins, what all services have, pages, headers."""
    settings = gateway.settings
    rates = Rates.read(
        person=settings.rate_limit,
        batch=settings.batch_rate_limit,
        anonymous=settings.anonymous_rate_limit,
    )
    app.add_middleware(
        BodyPaceMiddleware,
        grace_seconds=settings.body_grace_seconds,
        bytes_per_second=settings.body_bytes_per_second,
    )
    limiter = RateLimiter(rates, settings.rate_limit_storage)
    app.add_middleware(
        AdmissionMiddleware,
        authenticator=_authenticator(settings, gateway),
        limiter=limiter,
        browsers=SessionCookies(gateway.accounts.sessions, gateway.console.cookies),
    )
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
            allow_headers=["*"],
            expose_headers=["ETag", "Location", "Retry-After", "X-Request-Id"],
        )
    install_common(
        app,
        body_limit=settings.body_limit,
        body_limits={
            r"/v1/organisations(/[^/]+)?$": settings.profile_body_limit,
            r"/v1/imports$": settings.import_body_limit,
            r"/(v1|console)/call-imports$": 64 * 1024 * 1024,
            r"/v1/profile-drafts/file$": FILE_LIMIT,
            r"/console/start/material$": FILE_LIMIT + 10_000,
        },
    )
    app.add_middleware(
        ConsoleMiddleware, cookies=gateway.console.cookies, show_problem=show_problem
    )
    app.add_middleware(SecurityHeadersMiddleware, behind_tls=settings.behind_tls)
