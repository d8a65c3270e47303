#!/usr/bin/env bash
# From a fresh clone to the whole test suite. Arguments go to `cargo test`.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=deploy/prepare.sh
. deploy/prepare.sh

# Every test binary; there are no examples in the documentation to run.
cargo test --locked --lib --bins --tests "$@"

# Whoever reads the log of the whole run can sign in nowhere and write to nobody.
found="${CARGO_TARGET_DIR:-target}/tmp/log-search"
if [ $# -eq 0 ]; then
    grep -q answered "$found/log" && test -s "$found/secrets" || { echo "the tests' log is not whole" >&2; exit 1; }
    if grep -F -n -m 5 -f "$found/secrets" "$found/log" || grep -E -n -m 5 '@[a-z0-9.-]+\.example' "$found/log"; then
        echo "the lines above, of $found/log, hold a secret or an address" >&2
        exit 1
    fi
    echo "the log of the tests ($(wc -l < "$found/log") lines) holds none of their $(sort -u "$found/secrets" | wc -l) secrets"
fi
