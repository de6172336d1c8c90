"""The server as it is run: its port, its first account, its silence, and how it ends."""

import asyncio
import json
import socket
from pathlib import Path

import psutil
import pytest

from homestretch.formats.fit.encode import encode
from homestretch.serve import _listening
from homestretch.settings import Settings
from tests.formats import golden
from tests.served import ask, ended, environment, homestretch, serving
from tests.waiting import wait_until

PASSWORD = "from the environment"


def test_a_server_from_start_to_end(tmp_path: Path, unused_port: int) -> None:
    """The administrator comes from the environment; an import goes through; nobody else is ever called."""
    env = environment(tmp_path / "data", ADMIN_USERNAME="anna", ADMIN_PASSWORD=PASSWORD, LOG_LEVEL="info")
    env["HOMESTRETCH_TRUSTED_PROXIES"] = "192.0.2.1"
    with serving(env, unused_port) as server:
        wrong, forged = (
            {"username": "eve", "password": "guess"},
            {"X-Forwarded-For": "8.8.8.8", "X-Forwarded-Proto": "https"},
        )
        code, _, marks = ask(unused_port, "POST", "/api/session", wrong, **forged)
        assert code == 401 and "strict-transport-security" not in marks, "this machine is no proxy here"
        assert ask(unused_port, "GET", "/api/session")[1]["state"] == "signed_out"
        assert ask(unused_port, "POST", "/api/setup", {"username": "eve", "password": PASSWORD})[0] == 409
        _, state, headers = ask(unused_port, "POST", "/api/session", {"username": "anna", "password": PASSWORD})
        assert state["account"]["is_admin"]
        cookie = headers["set-cookie"].split(";")[0]
        batch = uploaded(unused_port, cookie)
        called: set[str] = set()

        def done() -> bool:
            called.update(remote_ends(server.pid))
            return bool(ask(unused_port, "GET", f"/api/imports/{batch}", Cookie=cookie)[1]["state"] == "done")

        wait_until(done)
        assert called <= {"127.0.0.1", "::1"}
        assert ask(unused_port, "GET", "/api/activities", Cookie=cookie)[1]["total"] == 1
        assert ask(unused_port, "GET", "/health")[1]["status"] == "ok"
        again = homestretch(environment(tmp_path / "other"), "serve", "--port", str(unused_port))
        assert again.returncode == 1
        assert again.stderr.startswith("homestretch: Can't listen on 127.0.0.1") and "HOMESTRETCH_PORT" in again.stderr
        assert len(again.stderr.splitlines()) == 1
        assert not (tmp_path / "other" / "homestretch.db").exists(), "what can't listen begins nothing"
        server.terminate()
        _, told = server.communicate(timeout=30)
        assert server.returncode in (0, -15)
    lines = told.splitlines()
    assert lines[0].startswith("Homestretch is running at http://127.0.0.1")
    assert [line for line in lines[1:] if not line.startswith("{")] == [], "each line of the log is JSON"
    events = [json.loads(line) for line in lines[1:]]
    assert {"request", "method", "path", "status", "ms"} <= next(e for e in events if e["message"] == "request").keys()
    assert any(event["message"] == "job done" for event in events)
    (failed,) = (event for event in events if event["message"] == "sign-in failed")
    assert (failed["address"], failed["code"]) == ("127.0.0.1", "wrong-password") and '"eve"' not in told
    assert any(event["message"] == "password accepted" and event["account"] == 1 for event in events)
    assert PASSWORD not in told and cookie.split("=")[1] not in told
    assert [event for event in events if event["level"] == "error"] == []


def uploaded(port: int, cookie: str) -> int:
    """Upload a run and return the number of its import."""
    batch: int = ask(port, "POST", "/api/imports", {}, Cookie=cookie)[1]["id"]
    data = encode(golden.run(60))
    upload = f"/api/imports/{batch}/upload?path=run.fit&size={len(data)}"
    assert ask(port, "PUT", upload, data, Cookie=cookie)[1]["complete"]
    ask(port, "POST", f"/api/imports/{batch}/close", Cookie=cookie)
    return batch


def remote_ends(pid: int) -> set[str]:
    """Return the addresses that a process and its children are connected to."""
    found = set()
    for process in [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]:
        try:
            found |= {connection.raddr.ip for connection in process.net_connections("inet") if len(connection.raddr)}
        except psutil.NoSuchProcess:
            continue
    return found


def test_whatever_is_killed_the_work_is_done(tmp_path: Path, unused_port: int) -> None:
    """Another worker comes where one was killed; a worker whose server was killed leaves the folder to the next."""
    env = environment(tmp_path / "data", ADMIN_USERNAME="anna", ADMIN_PASSWORD=PASSWORD)
    with serving(env, unused_port) as server:
        (first,) = psutil.Process(server.pid).children()
        first.kill()
        first.wait()
        _, _, headers = ask(unused_port, "POST", "/api/session", {"username": "anna", "password": PASSWORD})
        cookie = headers["set-cookie"].split(";")[0]
        batch = uploaded(unused_port, cookie)
        where = f"/api/imports/{batch}"
        wait_until(lambda: ask(unused_port, "GET", where, Cookie=cookie)[1]["state"] == "done")
        (second,) = psutil.Process(server.pid).children()
        server.kill()
    with serving(env, unused_port):
        assert ended(second.pid)
        assert ask(unused_port, "GET", "/api/activities", Cookie=cookie)[1]["total"] == 1


def test_off_this_machine_the_first_visit_needs_a_code(tmp_path: Path, unused_port: int) -> None:
    env = environment(tmp_path / "data", HOST="0.0.0.0")
    with serving(env, unused_port) as server:
        assert ask(unused_port, "GET", "/api/session")[1]["code_required"]
        body = {"username": "eve", "password": "long enough"}
        assert ask(unused_port, "POST", "/api/setup", body)[1]["code"] == "wrong-code"
        assert server.stderr is not None
        code = next(line for line in iter(server.stderr.readline, "") if "one-time code" in line).split()[-1]
        assert ask(unused_port, "POST", "/api/setup", body | {"code": code})[0] == 200


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_an_answer_does_not_wait_to_be_acknowledged(host: str, unused_port: int) -> None:
    async def accepted() -> int:
        found: asyncio.Future[int] = asyncio.get_running_loop().create_future()

        def look(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            found.set_result(writer.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()

        with _listening(Settings(host=host, port=unused_port)) as listener:
            async with await asyncio.start_server(look, sock=listener):
                _, writer = await asyncio.open_connection(host, unused_port)
                writer.close()
                return await found

    assert asyncio.run(accepted())


def test_nothing_of_ours_opens_a_connection(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Opening the app, its jobs and its API calls nobody: every socket that would leave this machine fails."""
    called: list[object] = []
    connect = socket.socket.connect

    def refuse(self: socket.socket, address: object) -> None:
        if self.family == socket.AF_UNIX or (isinstance(address, tuple) and address[0] in ("127.0.0.1", "::1")):
            connect(self, address)  # type: ignore[arg-type]
            return
        called.append(address)
        raise OSError(f"{address} was called")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    from homestretch.api.server import create_api
    from homestretch.app import open_app
    from homestretch.settings import Settings

    app = open_app(Settings(data_dir=tmp_path, database_url=None))
    create_api(app).openapi()
    app.close()
    assert called == []


def test_settings_come_from_secret_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from homestretch.settings import Settings

    (tmp_path / "homestretch_admin_username").write_text("anna\n")
    (tmp_path / "homestretch_admin_password").write_text("from a file\n")
    monkeypatch.setitem(Settings.model_config, "secrets_dir", tmp_path)
    for name in ("ADMIN_USERNAME", "ADMIN_PASSWORD"):
        monkeypatch.delenv(f"HOMESTRETCH_{name}", raising=False)
    settings = Settings()
    assert settings.admin_username == "anna"
    assert settings.admin_password is not None and settings.admin_password.get_secret_value() == "from a file"
    assert "from a file" not in repr(settings)
    monkeypatch.setenv("HOMESTRETCH_ADMIN_USERNAME", "ben")
    assert Settings().admin_username == "ben"
