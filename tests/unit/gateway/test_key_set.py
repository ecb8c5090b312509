"""Key sets: which keys are usable, and how often strangers can make us read."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from services.gateway.identity.key_set import KeySet
from services.gateway.identity.keys import keys_by_id
from shared.errors import ProblemError

pytestmark = pytest.mark.anyio
OKP = {
    "kty": "OKP",
    "crv": "Ed25519",
    "x": "Kv037Z-4rERpmP2ou41EMW92HmLugvN1J6rsp5OsMtk",
    "kid": "ed",
}


def ec_jwk(curve: ec.EllipticCurve, **more: str) -> dict[str, Any]:
    key = ec.generate_private_key(curve).public_key()
    return {**json.loads(ECAlgorithm.to_jwk(key)), **more}


def rsa_jwk(bits: int, **more: str) -> dict[str, Any]:
    key = rsa.generate_private_key(65537, bits).public_key()
    return {**json.loads(RSAAlgorithm.to_jwk(key)), **more}


def test_each_type_of_key_has_one_algorithm() -> None:
    found = keys_by_id({"keys": [OKP, ec_jwk(ec.SECP256R1(), kid="ec"), rsa_jwk(2048, kid="rsa")]})
    assert {name: key.algorithm for name, key in found.items()} == {
        "ed": "EdDSA",
        "ec": "ES256",
        "rsa": "RS256",
    }


@pytest.mark.parametrize(
    "entry",
    [
        {"kty": "oct", "k": "c2VjcmV0c2VjcmV0c2VjcmV0", "kid": "symmetric"},
        {**OKP, "kid": ""},
        {**OKP, "use": "enc"},
        {**OKP, "alg": "HS256"},
        {**OKP, "x": "short"},
        ec_jwk(ec.SECP384R1(), kid="p384"),
        rsa_jwk(1024, kid="weak"),
        rsa_jwk(2048, kid="other", alg="RS512"),
        "not an object",
    ],
)
def test_other_keys_are_left_out(entry: object) -> None:
    assert keys_by_id({"keys": [entry]}) == {}


class CountingSource:
    def __init__(self) -> None:
        self.reads = 0
        self.keys: list[dict[str, Any]] = [OKP]
        self.broken = False

    async def __call__(self) -> Mapping[str, Any]:
        self.reads += 1
        if self.broken:
            raise OSError
        return {"keys": self.keys}


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


async def test_unknown_ids_make_one_read_a_minute_at_most() -> None:
    source, clock = CountingSource(), Clock()
    keys = KeySet(source, clock)
    assert await keys.find("ed")
    for number in range(100):
        clock.now += 0.1
        assert await keys.find(f"invented-{number}") is None
    assert source.reads == 1
    clock.now += 61
    await keys.find("invented")
    assert source.reads == 2


async def test_a_new_key_is_found_after_rotation() -> None:
    source, clock = CountingSource(), Clock()
    keys = KeySet(source, clock)
    await keys.find("ed")
    source.keys = [{**OKP, "kid": "next"}]
    clock.now = 61
    assert await keys.find("next")
    assert await keys.find("ed") is None


async def test_known_keys_outlive_an_outage_of_the_provider() -> None:
    source, clock = CountingSource(), Clock()
    keys = KeySet(source, clock)
    await keys.find("ed")
    source.broken, clock.now = True, 3600
    assert await keys.find("ed")


async def test_without_any_key_the_gateway_is_not_ready_rather_than_unbelieving() -> None:
    source, clock = CountingSource(), Clock()
    source.broken = True
    keys = KeySet(source, clock)
    with pytest.raises(ProblemError, match="identity provider"):
        await keys.find("ed")
    source.broken, clock.now = False, 3
    assert await keys.find("ed")
