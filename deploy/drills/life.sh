#!/usr/bin/env bash
# One task through its life in a browser, as every role, with JavaScript and without: given, assigned, worked on,
# submitted with a file, sent back, confirmed; an opinion; a later deadline asked and decided. Every page seen passes
# axe-core. Needs node, npm, curl and chromium (CHROMIUM names another); DONDOC names a built program, else it is built.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

say() { echo "life: $*"; }
for tool in node npm curl; do
    command -v "$tool" >/dev/null || { say "$tool is needed: sudo apt-get install -y nodejs npm curl"; exit 1; }
done
browser=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}
[ -n "$browser" ] || { say "chromium is needed: sudo apt-get install -y chromium"; exit 1; }

work=$(mktemp -d "${TMPDIR:-/tmp}/dondoc-life-XXXXXX")
# The private server's user enters here too.
chmod 755 "$work"
service=
# shellcheck disable=SC2317 # Called by the trap.
clean() {
    if [ -n "$service" ]; then
        kill -INT "$service" 2>/dev/null || true
        wait "$service" 2>/dev/null || true
    fi
    rm -rf "$work"
}
trap clean EXIT

program=${DONDOC:-}
if [ -z "$program" ]; then
    cargo build --locked
    program=${CARGO_TARGET_DIR:-target}/debug/dondoc
fi

npm install --prefix "$work" --no-audit --no-fund --silent playwright-core@1 axe-core@4

: >"$work/demo.txt"
DONDOC_DATA=$work/data DONDOC_LANG=en "$program" demo --listen 127.0.0.1:0 >"$work/demo.txt" 2>"$work/demo.log" &
service=$!
for _ in $(seq 1200); do
    grep -q 'quantri@btttt' "$work/demo.txt" && break
    sleep 0.1
done
address=$(grep -o 'http://127\.0\.0\.1:[0-9]*' "$work/demo.txt" | head -1)
[ -n "$address" ] || { say "the demo did not start"; cat "$work/demo.log" >&2; exit 1; }
say "the demo is at $address"

awk 'NF > 1 && $(NF - 1) ~ /@btttt.example$/ { print $(NF - 1), $NF }' "$work/demo.txt" >"$work/accounts.txt"
timeout 300 node deploy/drills/life.mjs "$work" "$address" "$browser"
