"""The encryption and the signature of pushes are those of the standards, byte for byte."""

import json

import pytest

from homestretch.net.ways.base import Message
from homestretch.net.ways.push import MOST_BYTES, content
from homestretch.net.ways.web_push import (
    PushKey,
    authorization,
    base64url,
    encoded,
    encrypt_for,
    from_base64url,
    is_point,
    new_key,
    public_key,
)

#: RFC 8291 §5 and appendix A.
PRIVATE = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
PUBLIC = "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8"
BROWSER = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
SECRET, SALT = "BTBZMqHH6r4Tts7J_aSIgg", "DGv6ra1nlYgDCS1FRnbzlw"
BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl"
    "7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def test_the_example_of_rfc_8291() -> None:
    text = b"When I grow up, I want to be a watermelon"
    keys = {"private": from_base64url(PRIVATE), "salt": from_base64url(SALT)}
    assert base64url(encrypt_for(from_base64url(BROWSER), from_base64url(SECRET), text, **keys)) == BODY
    assert base64url(public_key(from_base64url(PRIVATE))) == PUBLIC


def test_the_example_of_rfc_8188() -> None:
    body = encoded(
        from_base64url("yqdlZ-tYemfogSmv7Ws5PQ"), b"I am the walrus", salt=from_base64url("I1BsxtFttlv3u_Oo94xnmw")
    )
    assert base64url(body) == "I1BsxtFttlv3u_Oo94xnmwAAEAAA-NAVub2qFgBEuQKRapoZu-IxkIva3MEB1PD-ly8Thjg"


def test_each_message_has_a_key_and_a_salt_of_its_own() -> None:
    one, other = (encrypt_for(from_base64url(BROWSER), from_base64url(SECRET), b"text") for _ in range(2))
    assert one[:16] != other[:16] and one[21:86] != other[21:86]


def test_a_signature_says_who_sends_to_whom() -> None:
    key = PushKey(new_key(), "https://home.example")
    said = authorization(key, "https://push.example", 1000)
    token, point = said.removeprefix("vapid t=").split(", k=")
    assert from_base64url(point) == public_key(key.private)
    assert json.loads(from_base64url(token.split(".")[0])) == {"typ": "JWT", "alg": "ES256"}
    claims = json.loads(from_base64url(token.split(".")[1]))
    assert claims == {"aud": "https://push.example", "exp": 1000 + 12 * 3600, "sub": "https://home.example"}
    assert len(from_base64url(token.split(".")[2])) == 64
    assert key.private.hex() not in repr(key) and repr(key.private) not in repr(key)


@pytest.mark.parametrize("length", [0, 1, 2_000, 100_000])
def test_a_message_is_never_too_long(length: int) -> None:
    lines = ("ü" * length, *(f"Line {number} of what there is to say." for number in range(20)))
    body = content(Message("id", "Title", lines, 0, page="/gear"))
    assert len(body) <= MOST_BYTES
    said = json.loads(body)
    assert (said["title"], said["page"]) == ("Title", "/gear")
    assert said["text"].startswith("ü" * min(length, 700))


@pytest.mark.parametrize("data", [b"", b"\x04" + bytes(64), from_base64url(PUBLIC)[:-1], from_base64url(PUBLIC) + b"x"])
def test_what_is_no_point_is_seen(data: bytes) -> None:
    assert not is_point(data)
    assert is_point(from_base64url(PUBLIC))
