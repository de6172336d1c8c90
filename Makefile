# Homestretch: `make run`, `make test`, `make test-fast`, `make check`, `make bench`, `make fuzz`, `make torture`, `make pictures`,
# `make wheel`, `make packages`, `make docs`, `make reference`, `make licences`, `make sbom`, `make audit`,
# `make release` (docs/release.md).
SHELL := /bin/bash
.DEFAULT_GOAL := run
PYTHON := .venv/bin/python
TESTERS ?= 2
# Commands, workers and the servers of tests are processes of their own: without bytecode each compiles all it imports.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: setup run test test-fast check check-python check-web bench fuzz torture pictures types reference docs lock wheel packages licences sbom audit dist release upgrade-fixture clean

setup: .make/installed
	@$(PYTHON) hatch_build.py

# The pinned uv, in a folder of its own: nothing is installed outside this one.
.make/uv: deploy/uv.lock.txt
	@command -v git >/dev/null || { echo "make: git is missing; install it and run make again" >&2; exit 1; }
	@python3 -c 'import venv, ensurepip' 2>/dev/null || { echo "make: python3 with venv is missing (Debian: apt install python3-venv); install it and run make again" >&2; exit 1; }
	@python3 -m venv .uv
	@.uv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r deploy/uv.lock.txt || { echo "make: uv could not be installed; is the package index reachable?" >&2; exit 1; }
	@mkdir -p .make && touch $@

.make/installed: .make/uv requirements.lock pyproject.toml .python-version
	@[ -x $(PYTHON) ] || .uv/bin/uv venv --quiet .venv 2>.make/venv.log || { grep -v warning .make/venv.log | tail -n 3 >&2; echo "make: no Python $$(cat .python-version) was found or fetched; install it (pyenv install $$(cat .python-version)) and run make again" >&2; exit 1; }
	@VIRTUAL_ENV=.venv .uv/bin/uv pip install --quiet --compile-bytecode --require-hashes -r requirements.lock || { echo "make: the packages of requirements.lock could not be installed; is the package index reachable?" >&2; exit 1; }
	@SKIP_WEB_BUILD=1 VIRTUAL_ENV=.venv .uv/bin/uv pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

run: setup
	@exec .venv/bin/homestretch serve

# Whole files go to whoever is free, in the order in which tests/run.py puts them: what takes longest begins first.
PYTEST := .venv/bin/pytest -n $(TESTERS) --dist loadfile --no-loadscope-reorder --durations=25

test: setup
	@$(PYTHON) hatch_build.py npm test
	@$(PYTEST) $(PYTEST_ARGS)

# Quick tests: no browser, no kills, no PostgreSQL, no server, and without the slowest of the rest.
FAST := house release upgrades analysis archive formats merge store flow views
LONG := postgres or fuzz or against_sdk or labelled or planning or secret_store or backup or many_sources
test-fast: setup
	@$(PYTEST) -k "not ($(LONG))" $(FAST:%=tests/%) $(PYTEST_ARGS)

# Both use one core each, so they run side by side.
check: setup
	@$(MAKE) --no-print-directory --output-sync --jobs 2 check-python check-web

check-python:
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@$(PYTHON) scripts/commit_subjects.py
	@.venv/bin/mypy

check-web:
	@$(PYTHON) hatch_build.py npm run typecheck
	@$(PYTHON) hatch_build.py npm run lint

bench: setup
	@$(PYTHON) -m benchmarks

torture: setup
	@HOMESTRETCH_TORTURE=full .venv/bin/pytest -p no:xdist -m torture -s tests/torture

# The pictures of the README and docs, of the demo athlete.
pictures: setup
	@$(PYTHON) -m tests.browser.pictures

fuzz: setup
	@[ -x .make/fuzz/bin/python ] || { .uv/bin/uv venv --quiet .make/fuzz && VIRTUAL_ENV=.make/fuzz .uv/bin/uv pip install --quiet atheris -r requirements.lock --no-deps; }
	@for target in tests/fuzz/fuzz_*.py; do PYTHONPATH=src:. .make/fuzz/bin/python $$target -max_total_time=$${SECONDS_EACH:-120} || exit 1; done

# Regenerate the description of the API and the web app's types.
types: setup
	@.venv/bin/homestretch openapi > web/openapi.json
	@.venv/bin/python scripts/server_texts.py
	@$(PYTHON) hatch_build.py npm run types
	@$(PYTHON) hatch_build.py npm run translations
	@$(PYTHON) -m scripts.reference

# Regenerate docs/reference from the code.
reference: setup
	@$(PYTHON) -m scripts.reference

# The site of docs/, into dist/docs. Its generator has an environment of its own.
docs: reference .make/docs/installed
	@.make/docs/bin/zensical build --config-file zensical.toml --strict --clean

.make/docs/installed: .make/uv deploy/docs.lock
	@[ -x .make/docs/bin/python ] || .uv/bin/uv venv --quiet --python $(PYTHON) .make/docs
	@VIRTUAL_ENV=.make/docs .uv/bin/uv pip sync --quiet --require-hashes deploy/docs.lock
	@touch $@

# What the tests need, and of that what a server needs.
COMPILE := .uv/bin/uv pip compile --quiet --universal --python-version 3.12 --generate-hashes --no-emit-index-url --no-header
lock:
	@$(COMPILE) --group dev pyproject.toml -o requirements.lock
	@$(COMPILE) --constraint requirements.lock pyproject.toml -o deploy/requirements.lock
	@$(COMPILE) --group tools -o deploy/tools.lock
	@$(COMPILE) --group pyproject.toml:docs -o deploy/docs.lock

wheel: setup
	@rm -f dist/homestretch-*.whl
	@.uv/bin/uv build --quiet --wheel --build-constraints requirements.lock --require-hashes --out-dir dist

# The ways to run of docs/install.md, as far as this machine can try them.
packages: wheel .make/tools/installed
	@scripts/packages.sh

# Programs that check and describe what ships, in an environment of their own.
.make/tools/installed: deploy/tools.lock .make/uv
	@[ -x .make/tools/bin/python ] || .uv/bin/uv venv --quiet --python $(PYTHON) .make/tools
	@VIRTUAL_ENV=.make/tools .uv/bin/uv pip sync --quiet --require-hashes deploy/tools.lock
	@touch $@

# The licences of what ships, beside the web app's files (/licences.txt), and whether all of it may ship.
licences: setup
	@$(PYTHON) scripts/licences.py src/homestretch/static/licences.txt --packages $$($(PYTHON) -c 'import sysconfig; print(sysconfig.get_path("purelib"))') --check

sbom: setup .make/tools/installed
	@$(PYTHON) scripts/sbom.py "$$($(PYTHON) scripts/release.py --version)"

audit: setup .make/tools/installed
	@$(PYTHON) scripts/audit.py $(LOCKS)

# What a release holds: wheel, source distribution, SBOMs, and their checksums.
dist: setup licences
	@rm -rf dist
	@.uv/bin/uv build --quiet --build-constraints requirements.lock --require-hashes --out-dir dist
	@$(MAKE) --no-print-directory sbom
	@cd dist && sha256sum homestretch-* > SHA256SUMS

# Checks, writes the version and the heading of CHANGELOG.md, commits and tags; pushes nothing.
release: setup
	@$(PYTHON) scripts/release.py "$(VERSION)"

# A small store of this version, which the tests of all later ones open (tests/upgrades).
upgrade-fixture: setup
	@$(PYTHON) -m tests.upgrades.make "$(NAME)"

clean:
	rm -rf .venv .uv .make web/node_modules src/homestretch/static
