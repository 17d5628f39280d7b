#!/usr/bin/env bash
# Lock the versions and hashes of everything that pyproject.toml asks for (needs uv). No address is written.
set -eu
cd "$(dirname "$0")/.."
export UV_CUSTOM_COMPILE_COMMAND="bash tools/lock.sh"
lock() { uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --quiet "$@"; }
lock --output-file requirements.txt
lock --extra dev --output-file requirements-dev.txt
