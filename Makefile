# make run: the product with demonstration data. make test: its tests. make check: the one gate.
PY ?= $(shell command -v python3.11 || command -v python3)
V := .venv/bin
PO := $(wildcard src/styrfart/*/locale/*/LC_MESSAGES/*.po)
# Compiled files are what makes the second start quick.
export PYTHONDONTWRITEBYTECODE =

.PHONY: run test check bench lock messages format clean

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
	$(V)/python -m pytest -q -n 2 --dist loadfile --no-loadscope-reorder

check: .venv/.messages
	tools/check

# What the benchmarks compare with, in an environment of its own: the solvers are larger than the product.
.venv-bench/.stamp: bench.lock .venv/.stamp
	test -x .venv-bench/bin/python || $(PY) -m venv --without-pip .venv-bench
	$(V)/uv pip sync -q --require-hashes --python .venv-bench/bin/python bench.lock
	$(V)/uv pip install -q --no-deps --no-build-isolation --python .venv-bench/bin/python -e .
	touch $@

bench: .venv-bench/.stamp
	.venv-bench/bin/python -m benchmarks

lock:
	echo uv==0.13.9 | $(V)/uv pip compile -q --generate-hashes --no-header --python-version 3.11 - -o bootstrap.lock
	$(V)/uv pip compile -q --generate-hashes --no-header --python-version 3.11 pyproject.toml --group dev -o requirements.lock
	$(V)/uv pip compile -q --generate-hashes --no-header --python-version 3.11 pyproject.toml -c requirements.lock -o production.lock
	$(V)/uv pip compile -q --generate-hashes --no-header --python-version 3.11 pyproject.toml --group dev --extra compiled --extra planner -c requirements.lock -o bench.lock

messages: .venv/.stamp
	$(V)/python tools/messages.py extract
	$(V)/python tools/messages.py compile

format: .venv/.stamp
	$(V)/ruff check -q --fix . || true
	$(V)/ruff format -q .
	find src -name '*.html' -path '*/templates/*' -print0 | xargs -0 $(V)/djade --target-version 5.2

clean:
	rm -rf .venv .venv-bench var
