# Everything a developer runs. Windows, where make is rare: see README.md.

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --quiet --disable-pip-version-check
SUITABLE := import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info < (3, 14))
BROWSER_PACKAGES := chromium chromium-driver fonts-noto-cjk

.PHONY: demo test lint bench docs pictures browser postgresql proxy lock

demo: $(VENV)/.runtime
	$(BIN)/cuofeng compile
	$(BIN)/cuofeng demo

# Where an image of a container forbids it, bytecode is kept all the same: workers and
# a hundred processes that the tests start would each compile all that they import.
test: $(VENV)/.dev browser postgresql proxy
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal

lint: $(VENV)/.dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

bench: $(VENV)/.dev
	$(BIN)/python -m tests.benchmarks

# The pages that are generated from the code.
docs: $(VENV)/.runtime
	$(BIN)/python -m tools.pages

# The pictures in the README, of the pages as they are now.
pictures: $(VENV)/.dev browser
	$(BIN)/python -m tests.browser.pictures

# Candidates are run, not looked up: a version manager's shim may exist and not work.
$(VENV)/.created:
	@for python in python3.13 python3.12 python3.11 python3; do \
	  if $$python -c "$(SUITABLE)" >/dev/null 2>&1; then \
	    $$python -m venv --clear $(VENV) && touch $@; exit; \
	  fi; \
	done; \
	echo "Cuofeng needs Python 3.11, 3.12 or 3.13 with its venv module" \
	  "(Debian: apt-get install python3-venv)." >&2; \
	exit 1

# Stamps: nothing is installed again until a lock or the project's metadata changes.
$(VENV)/.runtime: requirements.lock pyproject.toml $(VENV)/.created
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

# The browser tests never skip: a browser is there, is installed, or is asked for.
browser:
	@for name in chromium chromium-browser google-chrome; do \
	  if command -v $$name >/dev/null && command -v chromedriver >/dev/null; then \
	    exit 0; \
	  fi; \
	done; \
	if [ -d "/Applications/Google Chrome.app" ]; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update && DEBIAN_FRONTEND=noninteractive \
	    apt-get install --yes --no-install-recommends $(BROWSER_PACKAGES); \
	else \
	  echo "The tests need Chromium or Chrome with its chromedriver" \
	    "(Debian: apt-get install $(BROWSER_PACKAGES))." >&2; \
	  exit 1; \
	fi

# What docs/operating.md puts before the site; a test follows that page.
proxy:
	@if command -v nginx >/dev/null || ls /usr/sbin/nginx >/dev/null 2>&1; then \
	  exit 0; \
	fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update && DEBIAN_FRONTEND=noninteractive \
	    apt-get install --yes --no-install-recommends nginx-light; \
	else \
	  echo "The tests need nginx (Debian: apt-get install nginx-light)." >&2; \
	  exit 1; \
	fi

# Neither do those of the store: they start a PostgreSQL server of their own.
postgresql:
	@if command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then \
	  exit 0; \
	fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update && DEBIAN_FRONTEND=noninteractive \
	    apt-get install --yes --no-install-recommends postgresql; \
	else \
	  echo "The tests need PostgreSQL's server programs" \
	    "(Debian: apt-get install postgresql)." >&2; \
	  exit 1; \
	fi

# How the locks are made: docs/development.md.
PIP_COMPILE := pip-compile --quiet --generate-hashes --all-build-deps --allow-unsafe \
  --strip-extras --extra windows \
  --no-emit-index-url --no-emit-find-links --no-emit-trusted-host
lock:
	$(PIP_COMPILE) --output-file requirements.lock pyproject.toml
	$(PIP_COMPILE) --extra dev --constraint requirements.lock \
	  --output-file requirements-dev.lock pyproject.toml
