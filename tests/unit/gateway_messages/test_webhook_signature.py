"""Signatures after the Standard Webhooks specification, and when to try again."""

import base64
import hashlib
import hmac
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from services.gateway.messages.back_off import MAIL_PAUSES, WEBHOOK_PAUSES, next_pause
from services.gateway.messages.signature import new_secret, signature, signed_headers
from services.gateway.messages.turns import next_morning

# The example of the specification's reference libraries.
_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
_BODY = b'{"test": 2432232314}'
_SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_the_specifications_own_example() -> None:
    found = signature(_SECRET, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, _BODY)
    assert found == _SIGNATURE


def test_each_valid_secret_signs() -> None:
    old, new = new_secret(), new_secret()
    headers = signed_headers((new, old), "msg_1", 17, _BODY)
    for secret, told in zip((new, old), headers["webhook-signature"].split(" "), strict=True):
        key = base64.b64decode(secret.removeprefix("whsec_"))
        assert len(key) == 32
        mac = hmac.new(key, b"msg_1.17." + _BODY, hashlib.sha256).digest()
        assert told == "v1," + base64.b64encode(mac).decode()
    assert headers["webhook-timestamp"] == "17"


def test_pauses_grow_and_end() -> None:
    for pauses in (WEBHOOK_PAUSES, MAIL_PAUSES):
        given = [next_pause(pauses, n, 0.0) for n in range(1, len(pauses) + 2)]
        assert given[-1] is None
        assert given[:-1] == sorted(given[:-1])
    assert next_pause(WEBHOOK_PAUSES, 1, 1.0) == timedelta(seconds=6)


def test_the_next_morning_is_of_the_zone() -> None:
    zone = ZoneInfo("Asia/Shanghai")
    before = datetime(2026, 11, 24, 7, 59, tzinfo=zone)
    assert next_morning(before, 8, zone) == datetime(2026, 11, 24, 8, tzinfo=zone)
    at_eight = datetime(2026, 11, 24, 8, tzinfo=zone)
    assert next_morning(at_eight, 8, zone) == datetime(2026, 11, 25, 8, tzinfo=zone)
