#!/usr/bin/env bash
# The outbox against a mail server of somebody else's making, aiosmtpd, while workers and server fail: in a temporary
# directory, on loopback, within eight minutes. Arguments name drills (R1 R2 R4 R19), none means all of them. Each
# prints a line `ok` or `FAILED` with its figures; the exit code says whether all held.
#
# Needs python3 with venv. DRILL_BIN names a directory with dondoc and bench_cluster, built for release; else they are
# built.
# shellcheck disable=SC2317 # Much is called by name, from `within`, `verdict` and the trap.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
# shellcheck source=deploy/prepare.sh
. deploy/prepare.sh
export LC_ALL=C.UTF-8
unset DATABASE_URL DATABASE_OWNER_URL

if [ -n "${DRILL_BIN:-}" ]; then
    program=$DRILL_BIN/dondoc cluster=$DRILL_BIN/bench_cluster
else
    cargo build --release --locked --bins --examples
    release=$(realpath "${CARGO_TARGET_DIR:-target}/release")
    program=$release/dondoc cluster=$release/examples/bench_cluster
fi
psql=$(find_postgres)/psql

work=$(mktemp -d "${TMPDIR:-/tmp}/dondoc-mail-XXXXXX")
# The private server's user enters here too.
chmod 755 "$work"
workers=()
server=
holder=
failed=0

clean() {
    stop_workers
    if [ -n "$server" ]; then
        kill "$server" 2>/dev/null || true
        wait "$server" 2>/dev/null || true
    fi
    if [ -n "$holder" ]; then
        exec {holder_input}>&-
        wait "$holder" || true
    fi
    rm -rf -- "$work"
}
trap clean EXIT

# Milliseconds.
now() { echo $((${EPOCHREALTIME/./} / 1000)); }

# Until command $2… succeeds, at most $1 seconds.
within() {
    local end=$(($(now) + $1 * 1000))
    shift
    until "$@"; do
        [ "$(now)" -lt "$end" ] || return 1
        sleep 0.1
    done
}

sql() { "$psql" -X -q -v ON_ERROR_STOP=1 "$@"; }

# One figure.
ask() { sql -At -c "$1" "$superuser"; }

start_server() {
    python3 -m venv "$work/venv"
    "$work/venv/bin/pip" install --quiet --disable-pip-version-check aiosmtpd
    cat >"$work/server.py" <<'PY'
"""Does as the file `mode` says: take; later: refuse each letter for now; hang: read a letter, keep nothing and never
answer; down: hang up on everybody. Each letter taken is a line of `taken`, each connection a line of `connects`."""
import asyncio
import time
from aiosmtpd.smtp import SMTP

taken, connects = open("taken", "ab", 0), open("connects", "ab", 0)


def mode():
    with open("mode") as file:
        return file.read().strip()


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if mode() == "later":
            return "451 not now"
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server, session, envelope):
        if mode() == "hang":
            await asyncio.sleep(3600)
        head = envelope.content.split(b"\r\n\r\n", 1)[0]
        ids = [line[12:] for line in head.split(b"\r\n") if line.startswith(b"Message-ID: ")]
        taken.write(b" ".join(ids) + b"\n")
        return "250 taken"


class Gone(asyncio.Protocol):
    def connection_made(self, transport):
        transport.abort()


def connection():
    connects.write(f"{time.time():.3f}\n".encode())
    return Gone() if mode() == "down" else SMTP(Handler(), hostname="drill")


async def main():
    listener = await asyncio.get_running_loop().create_server(connection, "127.0.0.1", 0)
    print(listener.sockets[0].getsockname()[1], flush=True)
    await listener.serve_forever()


asyncio.run(main())
PY
    become take
    (cd "$work" && exec venv/bin/python server.py) >"$work/port" 2>"$work/server.log" &
    server=$!
    within 20 test -s "$work/port" || { cat "$work/server.log" >&2; exit 1; }
    SMTP_URL=smtp://127.0.0.1:$(cat "$work/port")
    export SMTP_URL
}

# What the server does from now on; renamed into place, so that it is never read half.
become() {
    echo "$1" >"$work/mode.new"
    mv "$work/mode.new" "$work/mode"
}

count() { wc -l <"$work/$1"; }
taken_at_least() { [ "$(count taken)" -ge "$1" ]; }

# Worker $1, until it says that it works: a signal before that ends it like any command.
start_worker() {
    local log=$work/worker-$1.log
    : >"$log"
    "$program" work >/dev/null 2>"$log" &
    workers[$1]=$!
    within 20 grep -q . "$log" || { say "worker $1 does not start"; exit 1; }
}

start_workers() {
    local n
    for ((n = 0; n < $1; n++)); do start_worker "$n"; done
}

is_gone() { ! kill -0 "$1" 2>/dev/null; }

# Ends worker $1 in order; its exit code, or that it took too long.
end_worker() {
    local pid=${workers[$1]} code=0
    unset "workers[$1]"
    kill -TERM "$pid"
    if ! within 30 is_gone "$pid"; then
        kill -KILL "$pid"
        wait "$pid" 2>/dev/null || true
        ended='not within 30 s'
        return
    fi
    wait "$pid" || code=$?
    ended=$code
}

stop_workers() {
    local n
    for n in "${!workers[@]}"; do end_worker "$n"; done
}

# A tenant $1 with $2 letters, planned as by $3 acts, each with its job. They are of the kind that is composed from its
# own row alone, so the drill needs no tasks; composing, storing and sending them is the product's whole way.
plan() {
    : >"$work/taken"
    : >"$work/connects"
    "$program" tenant create "$1" --name Drill --admin "admin@$1.example" >/dev/null
    sql -v slug="$1" -v letters="$2" -v acts="$3" "$owner" >/dev/null <<'SQL'
BEGIN;
SELECT set_config('app.tenant_id', id::text, true) AS tenant FROM tenants WHERE slug = :'slug' \gset
INSERT INTO letters (tenant_id, id, kind, address, day, key, language, payload, planned_at, due_at)
SELECT :'tenant', gen_random_uuid(), 'rest_off', 'reader-' || n || '@drill.example', current_date, 'drill', 'vi',
       '{"head": "Thủ trưởng"}', now(), now() FROM generate_series(1, :letters) n;
INSERT INTO jobs (id, kind, tenant, key, due_at, created_at)
SELECT gen_random_uuid(), 'mail.deliver', :'tenant', 'drill ' || n, now(), now() FROM generate_series(1, :acts) n;
COMMIT;
SQL
}

of_tenant() { echo "IN (SELECT id FROM tenants WHERE slug = '$1')"; }

# How many letters of tenant $1 are in one of the states $2.
letters_in() {
    ask "SELECT count(*) FROM letters WHERE tenant_id $(of_tenant "$1") AND kind = 'rest_off' AND state IN ($2)"
}

# No letter of tenant $1 is open, and no job of theirs under way or due. One that was put by for later, for the end of a
# lease that has ended well since, is no backlog.
queue_is_empty() {
    [ "$(letters_in "$1" "'planned', 'sending'")" = 0 ] &&
        [ "$(ask "SELECT count(*) FROM jobs WHERE tenant $(of_tenant "$1") AND kind = 'mail.deliver'
                     AND (state = 'running' OR state = 'queued' AND due_at <= now())")" = 0 ]
}

# The message ids of the letters of tenant $1 for which $2 is true.
ids() {
    ask "SELECT '<' || id || '@drill.example>' FROM letters
          WHERE tenant_id $(of_tenant "$1") AND kind = 'rest_off' AND $2" | LC_ALL=C sort
}

# What the server has of tenant $1 against what was planned: sets sent, lost, twice, and how many of these the outbox
# knows nothing of.
compare() {
    ids "$1" true >"$work/planned"
    LC_ALL=C sort "$work/taken" >"$work/arrived"
    local arrived
    arrived=$(LC_ALL=C join "$work/planned" "$work/arrived" | wc -l)
    lost=$(LC_ALL=C join -v 1 "$work/planned" "$work/arrived" | wc -l)
    unknown=$(uniq -d "$work/arrived" | LC_ALL=C join -v 1 - <(ids "$1" possible_duplicate) | wc -l)
    twice=$((arrived - $(wc -l <"$work/planned") + lost))
    sent=$(letters_in "$1" "'sent'")
}

# The verdict: command $3… decides, $1 is the drill, $2 what was seen.
verdict() {
    local drill=$1 seen=$2
    shift 2
    if "$@"; then echo "ok $drill: $seen"; else
        echo "FAILED $drill: $seen"
        failed=1
        # What the workers and the server said last, for whoever looks for the reason.
        tail -n 3 "$work"/worker-*.log "$work/server.log" >&2
    fi
}

throughput() {
    local letters=20000 begun ms
    start_workers 4
    begun=$(now)
    plan r1 "$letters" 40
    within 120 taken_at_least "$letters" || true
    ms=$(($(now) - begun))
    within 20 queue_is_empty r1 || true
    compare r1
    local rate=$((sent * 1000 / ms))
    held() { [ "$sent" = "$letters" ] && [ "$lost" = 0 ] && [ "$twice" = 0 ] && [ "$rate" -ge 200 ]; }
    verdict R1 "4 workers, $sent of $letters sent, $lost lost, $twice twice, $rate/s (bar 200/s)" held
    stop_workers
}

killing() {
    local letters=5000 kills=0 victim last empty=0
    start_workers 4
    plan r2 "$letters" 40
    # As long as anything is left that no claim holds, fifteen times at most.
    while sleep 0.5 && [ "$kills" -lt 15 ] && [ "$(letters_in r2 "'planned'")" -gt 0 ]; do
        victim=$((RANDOM % 4))
        kill -KILL "${workers[victim]}"
        wait "${workers[victim]}" 2>/dev/null || true
        kills=$((kills + 1))
        last=$(now)
        start_worker "$victim"
    done
    last=${last:-$(now)}
    within 180 queue_is_empty r2 && empty=1
    local seconds=$((($(now) - last) / 1000))
    compare r2
    held() {
        [ "$kills" -ge 3 ] && [ "$empty" = 1 ] && [ "$sent" = "$letters" ] && [ "$lost" = 0 ] &&
            [ "$twice" -le "$kills" ] && [ "$unknown" = 0 ]
    }
    verdict R2 "$kills kills, $sent of $letters sent, $lost lost, $twice twice (bar $kills), \
$unknown of them not marked as possible, queue empty $seconds s after the last kill (bar 180 s)" held
    stop_workers
}

outage() {
    local letters=200 down=60 begun first asked empty=0
    # The breaker is a process's own: one worker shows it, with several jobs that all want to connect.
    start_workers 1
    become down
    plan r4 "$letters" 8
    sleep 10
    first=$(count connects)
    sleep $((down - 10))
    asked=$(count connects)
    become take
    begun=$(now)
    within 90 queue_is_empty r4 && empty=1
    local seconds=$((($(now) - begun) / 1000))
    compare r4
    local bar=$((1 + down / 30))
    held() {
        [ "$asked" -ge 1 ] && [ "$asked" -le "$bar" ] && [ "$empty" = 1 ] && [ "$sent" = "$letters" ] &&
            [ "$lost" = 0 ] && [ "$twice" = 0 ]
    }
    verdict R4 "down for $down s: $asked connections (bar $bar), $first of them in the first 10 s, $sent of $letters sent $seconds s after it was back, \
$lost lost, $twice twice" held
    stop_workers
}

restarts() {
    local letters=3000 restart begun ms longest=0 ends='' empty=0
    start_workers 1
    plan r19 "$letters" 8
    for restart in {1..10}; do
        # In mid-run: so many have come, and more are to come.
        within 20 taken_at_least $((restart * letters / 12)) || { ends+=' stuck'; break; }
        # Two of them meet a server that refuses for now, or has gone silent in the middle of a letter.
        case $restart in
        4) become later ;;
        7) become hang ;;
        esac
        [ "$(<"$work/mode")" = take ] || sleep 0.3
        begun=$(now)
        end_worker 0
        ms=$(($(now) - begun))
        [ "$ms" -le "$longest" ] || longest=$ms
        [ "$ended" = 0 ] || ends+=" $ended"
        become take
        start_worker 0
    done
    within 90 queue_is_empty r19 && empty=1
    compare r19
    held() {
        [ "$restart" = 10 ] && [ -z "$ends" ] && [ "$empty" = 1 ] && [ "$sent" = "$letters" ] && [ "$lost" = 0 ] &&
            [ "$twice" = 0 ]
    }
    verdict R19 "$restart restarts, exit codes other than 0:${ends:- none}, longest end $longest ms (bar 30000 ms), \
$sent of $letters sent, $lost lost, $twice twice" held
    stop_workers
}

start_server
export DONDOC_DATA=$work/data MAIL_FROM=dondoc@drill.example PUBLIC_URL=http://127.0.0.1:8080 DONDOC_LANG=en
coproc HOLDER { exec "$cluster"; }
# shellcheck disable=SC2153 # coproc makes HOLDER_PID
holder=$HOLDER_PID holder_input=${HOLDER[1]}
# shellcheck disable=SC2034 # The place is not asked for.
{ read -r place && read -r owner && read -r superuser; } <&"${HOLDER[0]}"

[ $# -gt 0 ] || set -- R1 R2 R4 R19
for drill in "$@"; do
    case $drill in
    R1) throughput ;;
    R2) killing ;;
    R4) outage ;;
    R19) restarts ;;
    *) say "no drill is called $drill"; exit 1 ;;
    esac
done
exit "$failed"
