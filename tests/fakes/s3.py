"""An S3 object store on loopback: signed requests, conditions, ranges, lists, uploads in parts, as AWS documents them.

Written after the Amazon S3 API reference and "Signature Version 4"; it can be told to lie as real stores did.
"""

import hashlib
import hmac
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import count
from urllib.parse import parse_qsl, quote
from xml.sax.saxutils import escape

from tests.fakes._site import Asked, Route, Site
from tests.fakes.garmin.asked import BYTES, Reply

KEY_ID, SECRET, REGION = "athlete", "correct horse", "us-east-1"
XML = "application/xml"
#: A list has at most so many entries; the rest follows with a token.
PORTION = 1000


@dataclass(slots=True)
class Lies:
    """What a store says and does not do."""

    #: It answers 200 to so many puts, and keeps nothing.
    lost: int = 0
    #: It takes "only if it is new" for "in any case".
    no_conditions: bool = False
    #: It keeps so many puts with one bit turned over.
    damaged: int = 0


@dataclass(slots=True)
class _Upload:
    key: str
    parts: dict[int, bytes] = field(default_factory=dict)


class FakeS3(Site):
    """One bucket; `objects` are what it holds, by key."""

    def __init__(self, bucket: str = "originals") -> None:
        super().__init__()
        self.bucket = bucket
        self.objects: dict[str, bytes] = {}
        self.lies = Lies()
        #: What is allowed: a key without "PUT" may not write, and so on.
        self.allowed = {"GET", "HEAD", "PUT", "POST", "DELETE"}
        self._uploads: dict[str, _Upload] = {}
        self._numbers = count(1)

    def routes(self) -> Iterable[Route]:
        """Return all that there is."""
        yield Route("GET", "/{bucket}", self._list)
        yield Route("GET", "/{bucket}/{key*}", self._get)
        yield Route("HEAD", "/{bucket}/{key*}", self._get)
        yield Route("PUT", "/{bucket}/{key*}", self._put)
        yield Route("POST", "/{bucket}/{key*}", self._upload)
        yield Route("DELETE", "/{bucket}/{key*}", self._delete)

    def refusal(self, ask: Asked) -> Reply | None:
        """Return what is said to whom it does not know: the signature of every request is made again."""
        known = ask.headers.get("authorization", "")
        if f"Credential={KEY_ID}/" not in known:
            return _error(403, "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist.")
        if not hmac.compare_digest(known.rpartition("Signature=")[2], _signature(ask)):
            return _error(403, "SignatureDoesNotMatch", "The request signature we calculated does not match.")
        told = ask.headers["x-amz-content-sha256"]
        if told != "UNSIGNED-PAYLOAD" and told != hashlib.sha256(ask.body).hexdigest():
            return _error(400, "XAmzContentSHA256Mismatch", "The provided header does not match the payload.")
        if ask.method not in self.allowed:
            return _error(403, "AccessDenied", "Access Denied")
        if ask.parts["bucket"] != self.bucket:
            return _error(404, "NoSuchBucket", "The specified bucket does not exist")
        return None

    def _get(self, ask: Asked) -> Reply:
        held = self.objects.get(ask.parts["key"])
        if held is None:
            return _error(404, "NoSuchKey", "The specified key does not exist.")
        headers = (
            ("ETag", _etag(held)),
            ("Last-Modified", "Thu, 03 Dec 2026 06:00:00 GMT"),
            ("Accept-Ranges", "bytes"),
        )
        wanted = ask.headers.get("range")
        if wanted is None:
            return Reply(200, held, BYTES, headers)
        first, _, last = wanted.removeprefix("bytes=").partition("-")
        start, end = int(first), min(int(last), len(held) - 1)
        if start > end:
            return _error(416, "InvalidRange", "The requested range is not satisfiable")
        found = held[start : end + 1]
        return Reply(206, found, BYTES, (*headers, ("Content-Range", f"bytes {start}-{end}/{len(held)}")))

    def _put(self, ask: Asked) -> Reply:
        key, query = ask.parts["key"], ask.query
        if "uploadId" in query:
            self._uploads[query["uploadId"]].parts[int(query["partNumber"])] = ask.body
            return Reply(200, headers=(("ETag", _etag(ask.body)),))
        return self._keep(key, ask.body, ask.headers) or Reply(200, headers=(("ETag", _etag(ask.body)),))

    def _keep(self, key: str, body: bytes, headers: dict[str, str]) -> Reply | None:
        """Keep an object, unless a condition stands against it."""
        if headers.get("if-none-match") == "*" and key in self.objects and not self.lies.no_conditions:
            return _error(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold")
        if self.lies.lost:
            self.lies.lost -= 1
            return None
        if self.lies.damaged:
            self.lies.damaged -= 1
            body = bytes([body[0] ^ 1]) + body[1:]
        self.objects[key] = body
        return None

    def _upload(self, ask: Asked) -> Reply:
        key, query = ask.parts["key"], ask.query
        if "uploads" in query:
            name = f"upload-{next(self._numbers)}"
            self._uploads[name] = _Upload(key)
            return _xml(f"<InitiateMultipartUploadResult><UploadId>{name}</UploadId></InitiateMultipartUploadResult>")
        upload = self._uploads.pop(query["uploadId"])
        wanted = ET.fromstring(ask.body).findall(".//{*}PartNumber")
        numbers = [int(number.text or "") for number in wanted]
        body = b"".join(upload.parts[number] for number in numbers)
        done = f"<CompleteMultipartUploadResult><ETag>{_etag(body)}</ETag></CompleteMultipartUploadResult>"
        return self._keep(key, body, ask.headers) or _xml(done)

    def _delete(self, ask: Asked) -> Reply:
        if "uploadId" in ask.query:
            self._uploads.pop(ask.query["uploadId"], None)
        else:
            self.objects.pop(ask.parts["key"], None)
        return Reply(204)

    def _list(self, ask: Asked) -> Reply:
        query = ask.query
        prefix, after = query.get("prefix", ""), query.get("continuation-token", "")
        found = sorted(key for key in self.objects if key.startswith(prefix) and key > after)
        portion = found[: min(PORTION, int(query.get("max-keys", PORTION)))]
        rows = "".join(
            f"<Contents><Key>{escape(key)}</Key><LastModified>2026-12-03T06:00:00.000Z</LastModified>"
            f"<ETag>{_etag(self.objects[key])}</ETag><Size>{len(self.objects[key])}</Size></Contents>"
            for key in portion
        )
        more = len(found) > len(portion)
        token = f"<NextContinuationToken>{escape(portion[-1])}</NextContinuationToken>" if more else ""
        head = f"<Name>{self.bucket}</Name><IsTruncated>{str(more).lower()}</IsTruncated>"
        return _xml(f"<ListBucketResult>{head}{token}{rows}</ListBucketResult>")


def _signature(ask: Asked) -> str:
    """Return the Signature Version 4 of a request (AWS, "Authenticating Requests: Using the Authorization Header")."""
    signed = ask.headers["authorization"].partition("SignedHeaders=")[2].partition(",")[0].split(";")
    query = "&".join(
        f"{quote(name, safe='-_.~')}={quote(value, safe='-_.~')}"
        for name, value in sorted(parse_qsl(ask.raw_query, keep_blank_values=True))
    )
    lines = [f"{name}:{' '.join(ask.headers[name].split())}\n" for name in signed]
    parts = [ask.method, ask.path, query, "".join(lines), ";".join(signed), ask.headers["x-amz-content-sha256"]]
    day = ask.headers["x-amz-date"][:8]
    scope = f"{day}/{REGION}/s3/aws4_request"
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    key = f"AWS4{SECRET}".encode()
    for step in (day, REGION, "s3", "aws4_request"):
        key = hmac.digest(key, step.encode(), "sha256")
    text = "\n".join(("AWS4-HMAC-SHA256", ask.headers["x-amz-date"], scope, digest))
    return hmac.new(key, text.encode(), "sha256").hexdigest()


def _etag(body: bytes) -> str:
    return f'"{hashlib.md5(body, usedforsecurity=False).hexdigest()}"'


def _xml(text: str, status: int = 200) -> Reply:
    return Reply(status, f'<?xml version="1.0" encoding="UTF-8"?>{text}'.encode(), XML)


def _error(status: int, code: str, message: str) -> Reply:
    return _xml(f"<Error><Code>{code}</Code><Message>{message}</Message></Error>", status)
