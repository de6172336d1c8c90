"""Where data comes from: each provider is a folder with `source.py`, which describes it once, and `decode.py`.

`base` says what a source is, `registry` finds every one. Each has a `client.py` that asks, and where we may change
things there a `write.py`.
"""
