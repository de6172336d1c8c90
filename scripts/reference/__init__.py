"""The pages of docs/reference, from the code: `make reference`, or `--check` whether they are fresh.

What a page says stands where the thing is described: a setting in `Settings`, a command in its help, a metric in its
family, an error in its docstring, a tool in its function, an operation in web/openapi.json.
"""
