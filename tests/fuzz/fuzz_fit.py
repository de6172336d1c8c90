"""Coverage-guided fuzzing of the FIT decoder: `make fuzz`, or `python -m tests.fuzz.fuzz_fit [atheris options]`."""

import sys


def main() -> None:
    """Feed the decoder changed golden files until it raises; atheris is imported here, as it isn't in the lock."""
    import atheris

    # Whatever is imported before this is not instrumented, and so would steer nothing.
    with atheris.instrument_imports(include=["homestretch.formats"]):
        from homestretch.formats.fit.decoder import decode
        from homestretch.formats.fit.messages import messages
        from tests.formats.golden import GOLDEN, with_crc

    def one(data: bytes) -> None:
        if len(data) > 16:
            data = with_crc(data[:8] + b".FIT" + data[12:])
        decode(data)
        for message in messages(data):
            assert message.at < len(data)

    def mutate(data: bytes, max_size: int, seed: int) -> bytes:
        if len(data) < 16:
            data = sorted(GOLDEN.values(), key=len)[seed % 5][:max_size]
        mutated: bytes = atheris.Mutate(data, max_size)
        return mutated

    atheris.Setup(sys.argv, one, custom_mutator=mutate)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
