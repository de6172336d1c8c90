"""Streams the prose of a model: each sentence is held back until it is checked, and left out where it has a fault."""

import queue
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from homestretch.coach.writing.claims import Fault
from homestretch.flow.coach.model.asked import Asked, Outcome
from homestretch.flow.coach.model.calls import Ready, begin, end, prepare, reason
from homestretch.flow.coach.model.sending import PATIENT, Attempts, Patience, send
from homestretch.flow.runtime.context import Context
from homestretch.llm.endpoint import Endpoint, Reply, Request
from homestretch.store.scope import Scope

#: A sentence with the blanks after it: it ends at a full stop and the like before a blank, or with its line.
_SENTENCE = re.compile(r".*?(?:[.!?…]+[\"'”’)\]]*(?=\s)|\n)\s*", re.DOTALL)


def stream(
    context: Context, scope: Scope, asked: Asked[str], patience: Patience = PATIENT
) -> "Iterator[str | Outcome[str]]":
    """Yield the sentences of an answer as they pass the check, and last the outcome, whose value is all of them.

    Where the answer broke off after some sentences, the outcome has both a value and a `why`. Who stops asking for
    more ends the call. `asked.check` is given one sentence at a time.
    """
    scope.must("model: ask")
    ready = prepare(context, scope, asked)
    if isinstance(ready, Outcome):
        yield ready
        return
    call = begin(context, scope, asked, ready)
    if isinstance(call, Outcome):
        yield call
        return
    sieve = _Sieve(asked.check)
    thread = threading.Thread(target=_work, args=(context, asked, ready, call, sieve, patience), daemon=True)
    thread.start()
    try:
        while True:
            piece = sieve.pieces.get()
            if isinstance(piece, BaseException):
                raise piece
            yield piece
            if isinstance(piece, Outcome):
                return
    finally:
        sieve.unwanted.set()


@dataclass(slots=True)
class _Sieve:
    """Takes a text in pieces, and passes on the sentences without faults."""

    check: Callable[[str], Sequence[Fault]]
    pieces: "queue.SimpleQueue[str | Outcome[str] | BaseException]" = field(default_factory=queue.SimpleQueue)
    unwanted: threading.Event = field(default_factory=threading.Event)
    shown: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    _rest: str = ""

    def take(self, piece: str) -> None:
        """Take a piece of the text. Raises Stop where no more of the answer is wanted."""
        from homestretch.llm.client import Stop

        if self.unwanted.is_set():
            raise Stop
        self._rest += piece
        while found := _SENTENCE.match(self._rest):
            self._rest = self._rest[found.end() :]
            self._pass_on(found[0])

    def begin(self) -> None:
        """Forget what is left of a text that broke off."""
        self._rest = ""

    def end(self) -> None:
        """Pass on what is left, as the text has ended."""
        self._pass_on(self._rest)
        self._rest = ""

    def _pass_on(self, sentence: str) -> None:
        if not sentence.strip():
            return
        wrong = self.check(sentence)
        self.faults += wrong
        if not wrong:
            self.shown.append(sentence)
            self.pieces.put(sentence)


def _work(context: Context, asked: Asked[str], ready: Ready[str], call: int, sieve: _Sieve, patience: Patience) -> None:
    """Send, and settle the call, whether or not somebody still waits for the answer."""
    try:
        sieve.pieces.put(_outcome(context, asked, ready, call, sieve, patience))
    except BaseException as error:
        sieve.pieces.put(error)


def _outcome(
    context: Context, asked: Asked[str], ready: Ready[str], call: int, sieve: _Sieve, patience: Patience
) -> Outcome[str]:
    attempts = _send(ready.requests, ready.endpoint, sieve, patience)
    if not sieve.shown and attempts.last.failure is None and sieve.faults:
        named = "\n".join(dict.fromkeys(fault.sentence for fault in sieve.faults))
        again = [
            replace(one, instructions=f"{one.instructions}\n\nAn answer with these faults was refused:\n{named}")
            for one in ready.requests
            if one.model == attempts.model
        ]
        attempts.join(_send(again, ready.endpoint, sieve, patience))
    text, why = "".join(sieve.shown).strip(), reason(attempts)
    if text and why is not None:
        why = "interrupted"
    elif not text and why is None:
        why = "no_answer"
    attempts.rejected += [fault.sentence for fault in sieve.faults]
    outcome = end(context, asked, ready, call, attempts, why, text)
    return replace(outcome, value=text or None, faults=())


def _send(requests: Sequence[Request[str]], endpoint: Endpoint, sieve: _Sieve, patience: Patience) -> Attempts[str]:
    from homestretch.llm.client import run

    def streamed(there: Endpoint, request: Request[str]) -> Reply[str]:
        sieve.begin()
        reply = run(there, request, sieve.take)
        if reply.failure is None:
            sieve.end()
        return reply

    return send(endpoint, requests, streamed, patience, lambda: not sieve.shown)
