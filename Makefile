# From a fresh clone, with Python ≥ 3.11, pip and make:  make run   and   make test
.DEFAULT_GOAL := run
.PHONY: run test fast check format bench bench-postgres audit lock catalogues FORCE

PYTHON ?= python3
PORT ?= 8000
VAR := $(or $(VAR_DIR),var)
MANAGE := .venv/bin/python manage.py
PYTEST := .venv/bin/python -m pytest -q
export PYTHON
export SKIPPED := $(abspath var/test/skipped.txt)

# $(call step,what is done,command): says it, does it, says how long it took.
step = @start=$$(date +%s); echo "· $(1)"; $(2) && echo "  $$(( $$(date +%s) - start )) s"

# What is printed and shared begins with the address of the demo.
run: export PUBLIC_ORIGIN ?= http://127.0.0.1:$(PORT)
run: $(VAR)/demo.ready
	@$(MANAGE) serve_demo --port $(PORT)

test: .venv/requirements-dev.txt.installed
	@mkdir -p var/test && rm -f $(SKIPPED)
	$(PYTEST) -n 2 --ignore tests/browser
	$(PYTEST) -n 2 --dist worksteal tests/browser
	@[ ! -s $(SKIPPED) ] || { echo; echo "Skipped (tests, what to install):"; sort $(SKIPPED) | uniq -c; }

# While one writes: without the whole content, the matrix of all addresses, the judges and the browser.
fast: .venv/requirements-dev.txt.installed
	$(PYTEST) -n 2 --ignore tests/browser -m "not slow and not judge"

check: .venv/requirements-dev.txt.installed
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	find templates -name '*.html' -exec .venv/bin/djade --check --target-version 5.2 {} +
	$(MANAGE) makemigrations --check --dry-run
	$(MANAGE) check --fail-level WARNING
	SECRET_KEY=$$(head -c 48 /dev/urandom | base64) CIVIL_STATUS_KEYS=$$(head -c 48 /dev/urandom | base64) \
		ALLOWED_HOSTS=localhost PUBLIC_ORIGIN=https://localhost ISSUING_KEY=$$(head -c 32 /dev/urandom | base64) \
		$(MANAGE) check --deploy --fail-level WARNING --settings lms.settings.production
	$(PYTEST) tests/test_layout.py tests/test_migrations.py tests/test_catalogues.py

format: .venv/requirements-dev.txt.installed
	.venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format .
	find templates -name '*.html' -exec .venv/bin/djade --target-version 5.2 {} +

bench: $(VAR)/demo.ready
	@$(MANAGE) bench

bench-postgres: .venv/requirements.txt.installed
	@.ci/with-postgres sh -c '$(MANAGE) migrate -v0 && $(MANAGE) createcachetable && $(MANAGE) load_content && \
		$(MANAGE) bench --in-place'

# Asks a service on the internet; says what it finds and stops nothing.
audit: .venv/requirements-dev.txt.installed
	-.venv/bin/uv tool run pip-audit --disable-pip --requirement requirements.txt

lock: .venv/requirements-dev.txt.installed
	.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes requirements.in -o requirements.txt
	.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes requirements-dev.in -o requirements-dev.txt

# After a sentence of the interface changed: needs gettext (apt-get install -y gettext).
catalogues: .venv/requirements.txt.installed
	$(MANAGE) makemessages --all --no-location --no-wrap --no-obsolete --ignore var --ignore tests
	$(MANAGE) makemessages --all --no-location --no-wrap --no-obsolete --ignore var --ignore tests --domain djangojs
	$(MANAGE) compilemessages --ignore .venv

.venv/%.installed: % .ci/install
	$(call step,Installing $*,sh .ci/install $*)
	@touch $@

# The demo is built again when a migration or a content file changed, and when its database is missing or elsewhere.
SOURCES := $(wildcard */migrations/*.py) $(shell find content lms/content -type f ! -name '*.pyc')
ifneq ($(DATABASE_URL),)
SOURCES += FORCE
else ifeq ($(wildcard $(VAR)/db.sqlite3),)
SOURCES += FORCE
endif

$(VAR)/demo.ready: .venv/requirements.txt.installed $(SOURCES)
	@mkdir -p $(VAR)/static
	$(call step,Making the tables,$(MANAGE) migrate -v0 && $(MANAGE) createcachetable)
	$(call step,Loading the demo,$(MANAGE) load_content)
	@touch $@
