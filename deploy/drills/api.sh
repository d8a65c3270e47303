#!/usr/bin/env bash
# The API held to its own description by tools that somebody else made: openapi-spec-validator reads the document,
# schemathesis asks every operation of two tenants in each role that differs, with what is right and what is wrong. Needs
# python3 with venv, and curl; DONDOC names a built program, else it is built. MINUTES bounds each of the runs.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

say() { echo "api: $*"; }
for tool in python3 curl; do
    command -v "$tool" >/dev/null || { say "$tool is needed: sudo apt-get install -y python3-venv curl"; exit 1; }
done

work=$(mktemp -d "${TMPDIR:-/tmp}/dondoc-api-XXXXXX")
# The private server's user enters here too.
chmod 755 "$work"
processes=()
# shellcheck disable=SC2317 # Called by the trap.
clean() {
    local process
    for process in "${processes[@]}"; do kill -INT "$process" 2>/dev/null || true; done
    for process in "${processes[@]}"; do wait "$process" 2>/dev/null || true; done
    rm -rf "$work"
}
trap clean EXIT

program=${DONDOC:-}
if [ -z "$program" ]; then
    cargo build --locked
    program=${CARGO_TARGET_DIR:-target}/debug/dondoc
fi
tools=${API_TOOLS:-$work/venv}
if [ ! -x "$tools/bin/schemathesis" ]; then
    python3 -m venv "$tools"
    "$tools/bin/pip" install --quiet schemathesis==4.32.5 openapi-spec-validator==0.9.0
fi

export DONDOC_DATA=$work/data DONDOC_LANG=en
: >"$work/demo.txt"
"$program" demo --listen 127.0.0.1:0 >"$work/demo.txt" 2>"$work/demo.log" &
processes+=($!)
for _ in $(seq 1200); do
    grep -q 'quantri@btttt' "$work/demo.txt" && break
    sleep 0.1
done
address=$(grep -o 'http://127\.0\.0\.1:[0-9]*' "$work/demo.txt" | head -1)
[ -n "$address" ] || { say "the demo did not start"; cat "$work/demo.log" >&2; exit 1; }
say "the demo is at $address"

"$program" tenant create khac --name "Một nơi khác" --admin quantri@khac.example >/dev/null
for tenant in btttt khac; do
    # What is asked here in minutes is asked by people in days.
    "$program" tenant limit "$tenant" --requests-per-minute 1000000 >/dev/null
done
key() { # tenant, role
    "$program" apikey create --tenant "$1" --name "drill $2" --role "$2" | grep -o 'ddk_[A-Za-z0-9_-]*'
}

document=$address/api/v1/openapi.json
curl --fail --silent "$document" >"$work/openapi.json"
"$tools/bin/openapi-spec-validator" "$work/openapi.json"

cp deploy/drills/api.toml deploy/drills/api_hooks.py "$work"
run() { # name, token, further arguments
    local name=$1 token=$2
    shift 2
    say "schemathesis as $name"
    (cd "$work" && "$tools/bin/schemathesis" --config-file "$work/api.toml" run "$document" \
        --header "Authorization: Bearer $token" --checks all --max-examples "${EXAMPLES:-40}" \
        --max-time "$((60 * ${MINUTES:-2}))" --continue-on-failure --seed 1 --no-color "$@") || failed=1
}
failed=
for tenant in btttt khac; do
    for role in office admin; do
        run "$role of $tenant" "$(key "$tenant" "$role")" --exclude-operation-id end_session
    done
done
# What is about one's own session needs a person's.
email=vanphong@btttt.example
password=$(awk -v email="$email" '$2 == email { print $3 }' "$work/demo.txt")
body=$(printf '{"tenant":"btttt","email":"%s","password":"%s"}' "$email" "$password")
token=$(curl --silent -H 'Content-Type: application/json' -d "$body" "$address/api/v1/session" |
    grep -o '"access_token":"[^"]*"' | cut -d'"' -f4)
[ -n "$token" ] || { say "nobody could sign in"; exit 1; }
run "a person" "$token" --include-operation-id read_me --include-operation-id read_document
[ -z "$failed" ] || { say "failed"; exit 1; }
say "0 failures"
