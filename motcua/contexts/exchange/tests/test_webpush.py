"""Web Push by the letters of its RFCs: the vectors of RFC 8291, then what must not be read."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from motcua.contexts.exchange.adapters import webpush
from motcua.contexts.exchange.adapters.webpush import (
    Audience,
    Unreadable,
    decrypt,
    encrypt,
    unbase64,
)

# RFC 8291, section 5 and appendix A.
PLAIN = b"When I grow up, I want to be a watermelon"
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
UA_PRIVATE = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"
UA_PUBLIC = (
    "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
)
AS_PRIVATE = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
MESSAGE = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"
    "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
    "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def private(text: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(unbase64(text), "big"), webpush.CURVE)


def test_the_message_of_the_rfc_comes_out_byte_for_byte():
    made = encrypt(
        PLAIN,
        to=Audience.read(UA_PUBLIC, AUTH),
        sender=private(AS_PRIVATE),
        salt=unbase64(SALT),
        padded_to=0,
    )

    assert webpush.base64(made) == MESSAGE


def test_the_message_of_the_rfc_opens():
    opened = decrypt(unbase64(MESSAGE), own=private(UA_PRIVATE), auth=unbase64(AUTH))

    assert opened == PLAIN


def test_two_messages_with_the_same_words_look_alike_only_in_length():
    to = Audience.read(UA_PUBLIC, AUTH)

    short, long = encrypt(b"a", to=to), encrypt(b"a" * 900, to=to)

    assert len(short) == len(long)
    assert encrypt(b"a", to=to) != short


@pytest.mark.parametrize("spoilt", [0, 20, webpush.HEAD_BYTES, -1])
def test_a_changed_message_does_not_open(spoilt):
    body = bytearray(unbase64(MESSAGE))
    body[spoilt] ^= 1

    with pytest.raises(Unreadable):
        decrypt(bytes(body), own=private(UA_PRIVATE), auth=unbase64(AUTH))


def test_another_browser_reads_nothing():
    with pytest.raises(Unreadable):
        decrypt(unbase64(MESSAGE), own=private(AS_PRIVATE), auth=unbase64(AUTH))


@pytest.mark.parametrize(
    ("p256dh", "auth"),
    [
        ("", AUTH),
        (UA_PUBLIC, ""),
        (UA_PUBLIC[:-4], AUTH),
        ("B" + "A" * 86, AUTH),  # 65 bytes that are no point of the curve
        ("ế" * 87, AUTH),
        (UA_PUBLIC, AUTH + "AAAA"),
    ],
)
def test_what_are_no_keys_is_refused(p256dh, auth):
    with pytest.raises(Unreadable):
        Audience.read(p256dh, auth)


def test_words_longer_than_a_push_service_takes_are_refused():
    with pytest.raises(Unreadable):
        encrypt(b"a" * (webpush.LONGEST_WORDS + 1), to=Audience.read(UA_PUBLIC, AUTH))
