"""Checks what a browser answers to a challenge for passkeys (WebAuthn). The library is imported with the first one."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from homestretch.errors import HomestretchError
from homestretch.store.queries.passkeys import Passkey, RelyingParty

log = logging.getLogger("homestretch.sign_in")
#: EdDSA, ES256 and RS256, as numbered by IANA: what authenticators make, the best first.
ALGORITHMS = (-8, -7, -257)


class PasskeyRefused(HomestretchError):
    """This passkey was not accepted. Try again, or sign in another way."""

    status = 400
    exit_code = 3


@dataclass(frozen=True, slots=True)
class NewPasskey:
    """What a browser answers once it has made a passkey; all but `transports` in base64url."""

    id: str
    client_data: str
    attestation: str
    transports: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PasskeyAnswer:
    """What a browser answers with a passkey, in base64url; `user_handle` says whose the passkey is."""

    id: str
    client_data: str
    authenticator_data: str
    signature: str
    user_handle: str | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A passkey that was made: its id and public key in base64url, its counter, and whether it is synced."""

    credential_id: str
    public_key: str
    sign_count: int
    synced: bool


def made(answer: NewPasskey, challenge: str, party: RelyingParty) -> Made:
    """Return the passkey that was made for a challenge (base64url). Raises PasskeyRefused."""
    with _refusing("add"):
        import webauthn
        from webauthn.helpers import base64url_to_bytes as decoded
        from webauthn.helpers import bytes_to_base64url as encoded
        from webauthn.helpers import structs
        from webauthn.helpers.cose import COSEAlgorithmIdentifier

        response = structs.AuthenticatorAttestationResponse(decoded(answer.client_data), decoded(answer.attestation))
        found = webauthn.verify_registration_response(
            credential=structs.RegistrationCredential(answer.id, decoded(answer.id), response),
            expected_challenge=decoded(challenge),
            expected_rp_id=party.id,
            expected_origin=list(party.origins),
            require_user_verification=True,
            supported_pub_key_algs=[COSEAlgorithmIdentifier(number) for number in ALGORITHMS],
        )
        return Made(
            encoded(found.credential_id),
            encoded(found.credential_public_key),
            found.sign_count,
            found.credential_backed_up,
        )


def sign_count(answer: PasskeyAnswer, challenge: str, party: RelyingParty, passkey: Passkey) -> int:
    """Return the counter of a passkey that signed a challenge (base64url). Raises PasskeyRefused.

    The person was verified on the device. A counter that does not grow is refused, unless both are 0: those of synced
    passkeys do not count.
    """
    with _refusing("use"):
        import webauthn
        from webauthn.helpers import base64url_to_bytes as decoded
        from webauthn.helpers import structs

        response = structs.AuthenticatorAssertionResponse(
            decoded(answer.client_data), decoded(answer.authenticator_data), decoded(answer.signature)
        )
        found = webauthn.verify_authentication_response(
            credential=structs.AuthenticationCredential(answer.id, decoded(answer.id), response),
            expected_challenge=decoded(challenge),
            expected_rp_id=party.id,
            expected_origin=list(party.origins),
            credential_public_key=decoded(passkey.public_key),
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
        return found.new_sign_count


@contextmanager
def _refusing(what: str) -> Iterator[None]:
    """Refuse what the library does not accept, and what is no such answer at all; the log says why."""
    from webauthn.helpers.exceptions import WebAuthnException

    try:
        yield
    except (WebAuthnException, ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        log.warning("passkey refused", extra={"what": what, "reason": f"{type(error).__name__}: {error}"[:200]})
        raise PasskeyRefused from error
