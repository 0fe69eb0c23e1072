# Two commands do everything, set-up included: `make run` and `make test`. All stays inside the checkout.

PY      := .venv/bin/python
PYTEST  := $(PY) -m pytest -n auto --maxprocesses 8
CHECKED := $(wildcard bookkeeper tests benchmarks)

# One step after the other, whatever -j says: the steps of a target tell their story in order.
.NOTPARALLEL:
.PHONY: help venv run test check lint pages screens bench bench-large soak lock clean

help:
	@echo "make run          the main job on the practice books; the registers as PDF in out/"
	@echo "make test         lint, types, contract and every test"
	@echo "make check        the quick inner loop"
	@echo "make venv         set up .venv/ only"
	@echo "make pages        printed pages as pictures, in out/pages/, and together in docs/pages/"
	@echo "make screens      the window's pages as pictures, in out/screens/, and together in docs/screens/; measured"
	@echo "make bench        the benchmarks; bench-large: with 2.3 million postings"
	@echo "make soak         the slow campaigns"
	@echo "make lock         write requirements.lock anew, after a change of pyproject.toml"
	@echo "make clean        remove what make made"

venv: .venv/.ready

# Made from nothing whenever the lock changes, so that nothing is there which the lock does not name.
.venv/.locked: requirements.lock
	@python=$$(tools/system_packages.sh python) && "$$python" -m venv --clear .venv
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

# The package itself, as it lies here; then the static fonts, which are made once.
.venv/.ready: .venv/.locked pyproject.toml
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@rm -rf .venv/lib/python3*/site-packages/bookkeeper # a copy of resources/, which would grow old: they are read here
	$(PY) -c "from bookkeeper.printing.paper.fonts import main; main()"
	@touch $@

run: venv
	@$(PY) -m bookkeeper practice --out out/
	@if $(PY) -m bookkeeper.desktop.display; then $(PY) -m bookkeeper out/practice.books; else \
		echo "There is no screen for the window: pictures of its pages come into out/screens/" && \
		QT_QPA_PLATFORM=offscreen $(PY) -m tests.desktop.screens.render out/screens --scale 1 --themes light --languages en --sizes 1366x697; fi

lint: venv
	$(PY) -m ruff check
	$(PY) -m ruff format --check
	$(PY) -m mypy $(CHECKED)
	.venv/bin/lint-imports
	@$(PY) tests/house/test_house.py

test: lint
	@tools/system_packages.sh poppler
	$(PYTEST)

check: lint
	$(PYTEST) -x -m "not slow and not campaign"

pages: venv
	$(PY) -m tests.paper.render_pages out/pages docs/pages

screens: venv
	$(PY) -m tests.desktop.screens.render out/screens docs/screens/contact.png

bench: venv
	$(PY) -m benchmarks

bench-large: venv
	$(PY) -m benchmarks --large

soak: venv
	$(PY) -m pytest -m campaign

# For every Python and system that pyproject.toml allows; no host and no path goes into the file.
lock: venv
	$(PY) -m pip install --quiet --disable-pip-version-check uv
	$(PY) -m uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
		--group dev --custom-compile-command "make lock" --output-file requirements.lock pyproject.toml

clean:
	rm -rf .venv out build dist .pytest_cache .ruff_cache .mypy_cache .import_linter_cache .hypothesis .coverage htmlcov
	find bookkeeper tests benchmarks tools -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
