"""A server that takes e-mail, as far as smtplib asks, and keeps it."""

import base64
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from socketserver import StreamRequestHandler, ThreadingTCPServer


class MailSink(ThreadingTCPServer):
    """Takes what arrives; `refusal` is what it answers to a recipient instead, `password` what it asks for."""

    daemon_threads = True
    refusal: str | None = None
    password: tuple[str, str] | None = None

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Session)
        self.taken: list[EmailMessage] = []

    @property
    def port(self) -> int:
        """The port that it is at."""
        return int(self.server_address[1])


class Session(StreamRequestHandler):
    """One connection."""

    server: MailSink

    def handle(self) -> None:
        signed_in = self.server.password is None
        self._say("220 sink")
        while line := self.rfile.readline():
            text = line.decode().strip()
            word = text[:4].upper()
            if word == "EHLO":
                self._say("250-sink" if self.server.password else "250 sink")
                if self.server.password:
                    self._say("250 AUTH PLAIN")
            elif word == "AUTH":
                _, user, password = base64.b64decode(text.split()[2]).decode().split("\0")
                signed_in = (user, password) == self.server.password
                self._say("235 ok" if signed_in else "535 no")
            elif word == "RCPT":
                self._say(self.server.refusal or ("250 ok" if signed_in else "530 sign in"))
            elif word == "DATA":
                self._say("354 go on")
                self.server.taken.append(self._read())
                self._say("250 taken")
            elif word == "QUIT":
                self._say("221 bye")
                return
            elif word in ("MAIL", "RSET"):
                self._say("250 ok")
            else:
                self._say("502 unknown")

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())

    def _read(self) -> EmailMessage:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        found = message_from_bytes(b"".join(lines), policy=default)
        assert isinstance(found, EmailMessage)
        return found


def text_of(letter: EmailMessage) -> str:
    """Return the text of a letter."""
    part = letter.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def code_in(mail: MailSink) -> str:
    """Return the code in the newest letter."""
    found = re.search(r"\b\d{6}\b", text_of(mail.taken[-1]))
    assert found is not None
    return found[0]


@contextmanager
def mail_sink() -> Iterator[MailSink]:
    """Run a server that takes e-mail."""
    with MailSink() as made:
        thread = threading.Thread(target=made.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield made
        made.shutdown()
        thread.join()
