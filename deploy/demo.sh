#!/usr/bin/env bash
# From a fresh clone to the demo: looks for what is missing, builds, runs. Arguments go to `dondoc demo`.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=deploy/prepare.sh
. deploy/prepare.sh

cargo build --release --locked
exec "${CARGO_TARGET_DIR:-target}/release/dondoc" demo "$@"
