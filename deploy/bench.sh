#!/usr/bin/env bash
# Measures what the product promises, on 1,000,000 tasks in 20 tenants (one has 100,000) and as many in one more, in a
# private cluster of their own, and prints each figure beside its bar. It judges nothing: machines differ, and a busy one
# is slow.
#
# BENCH_DATA  the data directory, default dondoc-bench in the system's temporary directory; removed at the end
# KEEP=1      keeps it, and uses it again the next time; the plans of the queries are in its pg/server.log
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=deploy/prepare.sh
. deploy/prepare.sh
# The day that bench.sql makes its tasks for.
readonly cutoff=2024-11-29
# shellcheck source=deploy/bench-serve.sh
. deploy/bench-serve.sh
# shellcheck source=deploy/bench-months.sh
. deploy/bench-months.sh
# shellcheck source=deploy/bench-mail.sh
. deploy/bench-mail.sh
require_load_tools
export LC_ALL=C.UTF-8
unset DATABASE_URL DATABASE_OWNER_URL

cargo build --release --locked --bins --examples
release=$(realpath "${CARGO_TARGET_DIR:-target}/release")
psql=$(find_postgres)/psql

claim_directory() {
    data=$(realpath -m "${BENCH_DATA:-${TMPDIR:-/tmp}/dondoc-bench}")
    if [ -e "$data" ] && [ ! -e "$data/of-bench" ]; then
        say "$data exists and is not ours: name another directory in BENCH_DATA."
        exit 1
    fi
    # What was left half-made is made anew.
    [ -e "$data/whole" ] || rm -rf -- "$data"
    mkdir -p "$data"
    touch "$data/of-bench"
    export DONDOC_DATA=$data
}

# Keeps the cluster running between commands.
hold_cluster() {
    coproc HOLDER { exec "$release/examples/bench_cluster"; }
    # shellcheck disable=SC2153 # coproc makes HOLDER_PID
    holder=$HOLDER_PID holder_input=${HOLDER[1]}
    { read -r place && read -r owner && read -r superuser && read -r application; } <&"${HOLDER[0]}"
    if [ "$place" != "$data/pg" ]; then
        say "The server's user can't enter $data: name another directory in BENCH_DATA."
        exit 1
    fi
}

leave_cluster() {
    [ -n "${holder:-}" ] || return 0
    exec {holder_input}>&-
    wait "$holder" || true
    holder=
}

clean_up() {
    stop_service
    leave_cluster
    [ -n "${KEEP:-}" ] || [ ! -e "${data:-}/of-bench" ] || rm -rf -- "$data"
}
trap clean_up EXIT

dondoc() { "$release/dondoc" "$@" >/dev/null 2>"$data/remarks" || { cat "$data/remarks" >&2; return 1; }; }

sql() { "$psql" -X -q -v ON_ERROR_STOP=1 "$@"; }

# Every second tenant from $1 on: two of these work side by side.
fill_tenants() {
    local n
    for ((n = $1; n <= 20; n += 2)); do
        sql -v slug="bench-$n" -v tasks=$((n == 1 ? 100000 : 47369)) -f deploy/bench.sql "$owner"
    done
}

make_data() {
    say "Making 2,000,000 tasks in $data …"
    local n other
    dondoc tenant create empty --name Empty --admin admin@empty.example
    for ((n = 1; n <= 20; n++)); do
        dondoc tenant create "bench-$n" --name "Bench $n" --admin "admin@bench-$n.example"
    done
    dondoc tenant create million --name Million --admin admin@million.example
    fill_tenants 1 &
    other=$!
    fill_tenants 2
    wait "$other"
    sql -v slug=million -v tasks=1000000 -f deploy/bench.sql "$owner"
    sql -c 'VACUUM ANALYZE' -c CHECKPOINT -c 'ALTER SYSTEM SET max_connections = 100' "$superuser"
    # pgbench wants more connections than the service ever has.
    leave_cluster
    hold_cluster
    touch "$data/whole"
}

# Milliseconds.
now() { echo $((${EPOCHREALTIME/./} / 1000)); }

# The milliseconds of command $3…, run $1 times after $2 runs that don't count; `{}` becomes the run's number.
times() {
    local runs=$1 before=$2 run begun
    shift 2
    for ((run = 1 - before; run <= runs; run++)); do
        begun=$(now)
        "${@//\{\}/$stamp-$run}"
        [ "$run" -lt 1 ] || echo $(($(now) - begun))
    done
}

# One line of the table: what, the bar, and on standard input the figures.
line() {
    sort -n | awk -v what="$1" -v unit="$2" -v bar="$3" '
        { value[NR] = $1 }
        END { printf "%-58s %10s %10s %10s %4d\n", what, int(value[int((NR + 1) / 2)] + .5) " " unit,
                     int(value[NR] + .5) " " unit, bar, NR }'
}

new_tenant() { dondoc tenant create "$1" --name New --admin admin@new.example; }

# The greatest memory in MB of `dondoc` with these arguments, itself alone, without the server. It is looked at every
# $look seconds.
peak_memory() {
    local peak='' seen pid
    "$release/dondoc" "$@" >/dev/null 2>&1 &
    pid=$!
    while seen=$(sed -n 's/^VmHWM:[[:space:]]*\([0-9]*\) kB/\1/p' "/proc/$pid/status" 2>/dev/null); do
        peak=${seen:-$peak}
        sleep "${look:-0.02}"
    done
    wait "$pid"
    echo $((peak / 1024))
}

measure_imports() {
    local year=tests/data/nhiem-vu-2024.xlsx large=$data/large.xlsx n
    "$release/examples/bench_workbook" "$large" 10000
    for n in {1..5}; do new_tenant "year-$stamp-$n"; done
    for n in {1..4}; do new_tenant "large-$stamp-$n"; done
    times 5 0 dondoc import --tenant 'year-{}' "$year" | line 'import of 1,351 rows' ms '< 2 s'
    times 3 0 dondoc import --tenant 'large-{}' --create-units "$large" | line 'import of 10,000 rows' ms '< 10 s'
    peak_memory import --tenant "large-$stamp-4" --create-units "$large" | line '  its peak memory' MB '< 200 MB'
    times 3 0 dondoc import --tenant "large-$stamp-1" "$large" | line '  the same file again' ms –
    peak_memory import --tenant "large-$stamp-1" "$large" | line '  the same file again: its peak memory' MB –
}

# The milliseconds that the server took for each query with $2 in its text, in its log from line $1 on.
executions() {
    tail -n "+$1" "$place/server.log" | awk -v mark="$2" '
        / duration: [0-9.]+ ms  plan:/ { sub(/.* duration: /, ""); ms = $1; next }
        ms != "" && index($0, mark) { print ms; ms = "" }'
}

measure_reading() {
    local briefing=(briefing --tenant bench-1 --month 2024-11 --cutoff "$cutoff")
    local overdue=(tasks --tenant bench-1 --standing overdue --unit DV7 --as-of "$cutoff")
    times 9 1 dondoc "${briefing[@]}" | line 'briefing over 100,000 tasks: the command' ms '< 300 ms'
    times 9 1 dondoc "${overdue[@]}" | line 'overdue list of a unit: the command' ms –
    # The very queries, with their plans, as the application's role and behind row-level security.
    sql "$superuser" <<'SQL'
ALTER ROLE dondoc_app SET session_preload_libraries = 'auto_explain';
ALTER ROLE dondoc_app SET auto_explain.log_min_duration = 0;
ALTER ROLE dondoc_app SET auto_explain.log_analyze = on;
ALTER ROLE dondoc_app SET auto_explain.log_buffers = on;
ALTER ROLE dondoc_app SET auto_explain.log_timing = off;
SQL
    local first
    first=$(($(wc -l <"$place/server.log") + 1))
    times 9 1 dondoc "${briefing[@]}" >/dev/null
    executions "$first" 'AS longest_overdue_days' | line 'briefing: its figures, in the database' ms '< 300 ms'
    executions "$first" 'u.short_name AS unit' | line 'briefing: its overdue tasks, in the database' ms –
    first=$(($(wc -l <"$place/server.log") + 1))
    times 9 1 dondoc "${overdue[@]}" >/dev/null
    executions "$first" 'u.short_name AS unit' | line 'overdue list of a unit, in the database' ms –
    sql -c 'ALTER ROLE dondoc_app RESET ALL' "$superuser"
}

start_cold() {
    DONDOC_DATA=$data/$1 dondoc tenant create cold --name Cold --admin admin@cold.example
    rm -rf -- "${data:?}/$1"
}

measure_starts() {
    times 9 1 dondoc tasks --tenant empty | line 'a command, the server running' ms –
    leave_cluster
    times 9 1 dondoc tasks --tenant empty | line 'a command that starts and stops the warm cluster' ms –
    first_answers | line 'the service: its first answer, starting the warm cluster' ms '< 1000 ms'
    times 3 0 start_cold 'cold-{}' | line 'a first command: makes, starts and migrates a cluster' ms –
}

claim_directory
hold_cluster
stamp=$(date +%s)
begun=$(now)
[ -e "$data/whole" ] || { make_data; say "… in $((($(now) - begun) / 1000)) s"; }
printf '%-58s %10s %10s %10s %4s\n' '' median worst bar runs
measure_imports
measure_reading
measure_pages
measure_finding
measure_months
measure_exports
measure_service
measure_digests
measure_starts
