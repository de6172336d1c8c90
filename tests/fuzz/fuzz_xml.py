"""Coverage-guided fuzzing of the GPX and TCX decoders: `python -m tests.fuzz.fuzz_xml [atheris options]`."""

import sys


def main() -> None:
    """Feed the decoders changed golden files until one raises; atheris is imported here, as it isn't in the lock."""
    import atheris

    # Whatever is imported before this is not instrumented, and so would steer nothing.
    with atheris.instrument_imports(include=["homestretch.formats"]):
        from homestretch.formats import gpx, tcx
        from tests.formats.golden_xml import GOLDEN

    def one(data: bytes) -> None:
        for recording in (*gpx.decode(data).recordings, *tcx.decode(data).recordings):
            assert all(len(channel) == len(recording.time_ms) for channel in recording.channels.values())
            assert recording.end_ms >= recording.start.utc_ms

    def mutate(data: bytes, max_size: int, seed: int) -> bytes:
        if len(data) < 16:
            data = sorted(GOLDEN.values(), key=len)[seed % len(GOLDEN)][:max_size]
        mutated: bytes = atheris.Mutate(data, max_size)
        return mutated

    atheris.Setup(sys.argv, one, custom_mutator=mutate)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
