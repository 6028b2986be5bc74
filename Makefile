# make run: the product with demonstration data. make test: its tests. make check: the one gate.
PY ?= $(shell command -v python3.11 || command -v python3)
V := .venv/bin
PO := $(wildcard src/styrfart/*/locale/*/LC_MESSAGES/*.po)
# Compiled files are what makes the second start quick.
export PYTHONDONTWRITEBYTECODE =

.PHONY: run test check lock messages format clean

.venv/.stamp: requirements.lock bootstrap.lock pyproject.toml
	test -x $(V)/python || $(PY) -m venv .venv
	$(V)/python -m pip install -q --disable-pip-version-check --require-hashes -r bootstrap.lock
	$(V)/uv pip sync -q --require-hashes --compile-bytecode --python $(V)/python requirements.lock
	$(V)/uv pip install -q --no-deps --no-build-isolation --python $(V)/python -e .
	touch $@

.venv/.messages: .venv/.stamp tools/messages.py $(PO)
	$(V)/python tools/messages.py compile
	touch $@

run: .venv/.messages
	@$(V)/styrfart serve --demo

test: .venv/.messages
	$(V)/python -m pytest -q -n 2

check: .venv/.messages
	tools/check

lock:
	echo uv==0.13.9 | $(V)/uv pip compile -q --generate-hashes --no-header --python-version 3.11 - -o bootstrap.lock
	$(V)/uv pip compile -q --generate-hashes --no-header --python-version 3.11 pyproject.toml --group dev -o requirements.lock
	$(V)/uv pip compile -q --generate-hashes --no-header --python-version 3.11 pyproject.toml -c requirements.lock -o production.lock

messages: .venv/.stamp
	$(V)/python tools/messages.py extract
	$(V)/python tools/messages.py compile

format: .venv/.stamp
	$(V)/ruff check -q --fix . || true
	$(V)/ruff format -q .
	find src -name '*.html' -path '*/templates/*' -print0 | xargs -0 $(V)/djade --target-version 5.2

clean:
	rm -rf .venv var
