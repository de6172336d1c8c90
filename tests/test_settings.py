"""Settings that follow the machine: as many decoders, and as much memory for each, as it has room for."""

from pathlib import Path

import pytest

from homestretch import settings
from homestretch.settings import Settings


@pytest.mark.parametrize(
    ("cores", "memory_mb", "given", "decoders", "each_mb"),
    [
        (4, 1_000, {}, 1, 500),
        (4, 2_000, {}, 3, 333),
        (4, 8_000, {}, 4, 1_000),
        (4, 64_000, {}, 4, 1_500),
        (1, 400, {}, 1, 256),
        (4, 2_000, {"decoders": 2}, 2, 500),
        (4, 2_000, {"decode_memory_mb": 700}, 3, 700),
    ],
)
def test_decoders_follow_the_machine(
    monkeypatch: pytest.MonkeyPatch, cores: int, memory_mb: int, given: dict[str, int], decoders: int, each_mb: int
) -> None:
    monkeypatch.setattr(settings, "memory_mb", lambda: memory_mb)
    monkeypatch.setattr("os.cpu_count", lambda: cores)
    for name in ("DECODERS", "DECODE_MEMORY_MB"):
        monkeypatch.delenv(f"HOMESTRETCH_{name}", raising=False)
    found = Settings.model_validate(given)
    assert (found.decoders, found.decode_memory_mb) == (decoders, each_mb)


@pytest.mark.parametrize(("limit", "memory_mb"), [("512000000\n", 512), ("max\n", None)])
def test_a_container_has_the_memory_that_it_was_given(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, limit: str, memory_mb: int | None
) -> None:
    whole = settings.memory_mb()
    (tmp_path / "memory.max").write_text(limit)
    monkeypatch.setattr(settings, "_CGROUP", tmp_path / "memory.max")
    assert settings.memory_mb() == (memory_mb or whole)


def test_names_of_other_services_are_taken_and_ours_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADMIN_USERNAME", "theirs")
    monkeypatch.setenv("ADMIN_PASSWORD", "a few words are enough")
    monkeypatch.setenv("HOMESTRETCH_ADMIN_PASSWORD", "ours is another one")
    found = Settings()
    assert found.admin_username == "theirs" and found.admin_password is not None
    assert found.admin_password.get_secret_value() == "ours is another one"
    assert settings.taken_over() == [("ADMIN_USERNAME", "HOMESTRETCH_ADMIN_USERNAME")]
    assert Settings(admin_username="mine").admin_username == "mine"
