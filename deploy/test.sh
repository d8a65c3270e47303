#!/usr/bin/env bash
# From a fresh clone to the whole test suite. Arguments go to `cargo test`.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=deploy/prepare.sh
. deploy/prepare.sh

# Every test binary; there are no examples in the documentation to run.
cargo test --locked --lib --bins --tests "$@"
