# shellcheck shell=bash disable=SC2154
# What deploy/bench.sh measures of the service: sourced by it, and uses its variables and functions.
#
# wrk asks the service, and beside it pgbench does the same transactions, statement by statement: with the texts that
# the service itself sent, taken from the server's log, and in as many round trips. Both hold as many connections, one
# after the other on the same machine.

# One run of wrk or pgbench, in seconds; how many of each; connections.
readonly load_seconds=5 load_rounds=3 load_connections=(1 16 64)

readonly password='mot cau dai de do toc do'
readonly overdue_list="/api/v1/tasks?unit=DV1&standing=overdue&limit=25&as_of=$cutoff"
readonly dashboard="/dashboard?month=2024-11&cutoff=$cutoff"

require_load_tools() {
    local tool
    for tool in wrk curl; do
        command -v "$tool" >/dev/null && continue
        say "$tool is needed to measure the service: sudo apt-get install -y $tool"
        exit 1
    done
    pgbench=$(find_postgres)/pgbench
    if [ ! -x "$pgbench" ]; then
        say "$pgbench is needed to measure the service: it comes with PostgreSQL's server, or with its contrib modules."
        exit 1
    fi
}

# Starts the service with these options; `$service` is its process, `$address` where it is.
start_service() {
    : >"$data/serve.log"
    "$release/dondoc" serve --listen 127.0.0.1:0 "$@" >/dev/null 2>"$data/serve.log" &
    service=$!
    until address=$(grep -o 'http://127\.0\.0\.1:[0-9]*' "$data/serve.log"); do
        kill -0 "$service" 2>/dev/null || { cat "$data/serve.log" >&2; return 1; }
        sleep 0.005
    done
}

stop_service() {
    [ -n "${service:-}" ] || return 0
    kill -INT "$service" 2>/dev/null || true
    wait "$service" || true
    service=
}

# The cookie of a person who signs in.
sign_in() {
    curl -fsS -o /dev/null -c - -H 'Sec-Fetch-Site: same-origin' --data-urlencode "password=$password" \
        -d "tenant=bench-1&email=$1" "$address/sign-in" | awk '$6 == "dondoc" { print $6 "=" $7 }'
}

ask() { curl -fsS -H "Cookie: $1" "$address$2"; }

make_accounts() {
    local email
    # Two clients ask here for what a whole ministry asks.
    dondoc tenant limit bench-1 --requests-per-minute 1000000
    # Nobody is there to type codes.
    sql "$owner" <<'SQL'
BEGIN;
SELECT set_config('app.tenant_id', id::text, true) AS tenant FROM tenants WHERE slug = 'bench-1' \gset
UPDATE tenant_settings SET two_factor_required = false WHERE tenant_id = :'tenant';
COMMIT;
SQL
    for email in office@bench.example head@bench.example; do
        dondoc user password --tenant bench-1 --email "$email" <<<"$password"
    done
}

# The statements of the last transaction in the server's log from line $1 on, as a script for pgbench in file $2; the
# values of their parameters, as pgbench's options, on standard output.
transaction() {
    tail -n "+$1" "$place/server.log" | awk -v file="$2" '
        function finish() {
            if (text ~ /^BEGIN; SET LOCAL /) {
                # Both at once, as the service sends them.
                sub(/^BEGIN; /, "", text)
                script = "\\startpipeline\nBEGIN;\n" text ";\n\\endpipeline\n"
                options = ""
            } else if (text != "") script = script text ";\n"
            text = ""
            taking = 0
        }
        / LOG:  duration: / {
            finish()
            if (match($0, / ms  (statement|execute [^:]*): /)) {
                text = substr($0, RSTART + RLENGTH)
                taking = 1
                number++
            }
            next
        }
        / DETAIL:  [Pp]arameters: / {
            if (!taking) next
            rest = $0
            count = 0
            while (match(rest, /\$[0-9]+ = (\047[^\047]*\047|NULL)/)) {
                value[++count] = substr(rest, RSTART, RLENGTH)
                sub(/^[^=]*= /, "", value[count])
                rest = substr(rest, RSTART + RLENGTH)
            }
            # $12 before $1.
            for (; count > 0; count--) {
                name = "s" number "p" count
                if (value[count] == "NULL") gsub("\\$" count, "NULL", text)
                else {
                    gsub("\\$" count, ":" name, text)
                    options = options "-D\n" name "=" substr(value[count], 2, length(value[count]) - 2) "\n"
                }
            }
            next
        }
        /^\t/ { if (taking) text = text "\n" substr($0, 2); next }
        { finish() }
        END { finish(); printf "%s", script >file; printf "%s", options }'
}

# Has pgbench do what the service does for path $3 of person $2, as script and options in $data/$1.*.
learn() {
    local cookie first
    sql -c "ALTER ROLE dondoc_app SET log_min_duration_statement = 0" "$superuser"
    start_service
    cookie=$(sign_in "$2")
    # The first ones find the figures not kept.
    ask "$cookie" "$3" >/dev/null
    ask "$cookie" "$3" >/dev/null
    first=$(($(wc -l <"$place/server.log") + 1))
    ask "$cookie" "$3" >/dev/null
    stop_service
    sql -c 'ALTER ROLE dondoc_app RESET ALL' "$superuser"
    transaction "$first" "$data/$1.sql" >"$data/$1.options"
}

# Requests a second, and the milliseconds of which half and 99 % took less.
run_wrk() {
    wrk -t $(($2 > 1 ? 2 : 1)) -c "$2" -d "${load_seconds}s" --latency -H "Cookie: $1" "$address$3" >"$data/wrk.log"
    ! grep -E 'Non-2xx|Socket errors' "$data/wrk.log" >&2
    awk '
        function ms(time) { return time * (time ~ /us$/ ? 0.001 : time ~ /ms$/ ? 1 : 1000) }
        $1 == "50%" { p50 = ms($2) }
        $1 == "99%" { p99 = ms($2) }
        $1 == "Requests/sec:" { print $2, p50, p99 }' "$data/wrk.log"
}

# Transactions a second, of the second half: in the first each connection plans its statements five times over, which
# those of the service did long ago.
run_pgbench() {
    local options
    mapfile -t options <"$data/$1.options"
    "$pgbench" -n -M prepared -f "$data/$1.sql" -c "$2" -j $(($2 > 1 ? 2 : 1)) -T $((2 * load_seconds)) \
        -P "$load_seconds" "${options[@]}" "$application" >"$data/pgbench.log" 2>&1
    awk '/^progress: / { tps = $4 } END { print tps }' "$data/pgbench.log"
}

# wrk and pgbench in turn, at each number of connections: path $4 of the person whose cookie is $3, beside script $1. A
# line of the table each: $2 what, $5 the bar.
load() {
    local clients round
    for clients in "${load_connections[@]}"; do
        for ((round = 0; round < load_rounds; round++)); do
            echo "$(run_wrk "$3" "$clients" "$4") $(run_pgbench "$1" "$clients")"
        done | awk -v what="$2, $clients connections" -v bar="$5" '
            function median(values, i, j, at) {
                for (i = 2; i <= NR; i++)
                    for (j = i; j > 1 && values[j - 1] > values[j]; j--) {
                        at = values[j]; values[j] = values[j - 1]; values[j - 1] = at
                    }
                return values[int((NR + 1) / 2)]
            }
            { rate[NR] = $1; p50[NR] = $2; p99[NR] = $3; limit[NR] = $4; ratio[NR] = $1 / $4 }
            END { printf "%-42s %9.0f %9.1f %9.1f %9.0f %6.2f  %s\n", what, median(rate), median(p50), median(p99),
                         median(limit), median(ratio), bar }'
    done
}

# A page as the Office asks for it once, in milliseconds.
page_times() {
    local path
    for path in "${@:2}"; do
        curl -fsS -o /dev/null -w '%{time_total}\n' -H "Cookie: $1" "$address$path"
    done | awk '{ print $1 * 1000 }'
}

measure_pages() {
    local office days=() path
    make_accounts
    start_service
    office=$(sign_in office@bench.example)
    for path in {10..18}; do days+=("/dashboard?month=2024-11&cutoff=2024-11-$path"); done
    page_times "$office" "${days[@]}" | line 'dashboard over 100,000 tasks, figures not kept' ms –
    page_times "$office" "${days[@]}" | line 'dashboard over 100,000 tasks, figures kept' ms '< 50 ms'
    for path in {10..18}; do days[path - 10]="/tasks?as_of=2024-11-$path"; done
    page_times "$office" "${days[@]}" | line 'the page of all 100,000 tasks' ms '< 300 ms'
    for path in {10..18}; do days[path - 10]="/tasks?unit=DV$path&as_of=$cutoff"; done
    page_times "$office" "${days[@]}" | line 'the page of the tasks of a unit' ms –
    stop_service
}

# MB that the service has held at most.
service_peak() { awk '$1 == "VmHWM:" { print $2 / 1024 }' "/proc/$service/status"; }

# About 48,500 of the tenant's tasks as files; called behind measure_pages, which makes the accounts.
measure_exports() {
    local office rows="due_to=2024-06-15&as_of=$cutoff" before form
    for form in csv xlsx; do
        start_service
        office=$(sign_in office@bench.example)
        # What a small one needs is no part of it.
        ask "$office" "/tasks.$form?unit=DV1&standing=overdue&as_of=$cutoff" >/dev/null
        before=$(service_peak)
        page_times "$office" "/tasks.$form?$rows" "/tasks.$form?$rows" "/tasks.$form?$rows" |
            line "48,500 tasks as $form" ms –
        awk -v peak="$(service_peak)" -v before="$before" 'BEGIN { print peak - before }' |
            line '  the memory it adds to the service' MB '< 100 MB'
        stop_service
    done
}

measure_service() {
    local office head rows
    learn list head@bench.example "$overdue_list"
    learn dashboard office@bench.example "$dashboard"
    start_service
    head=$(sign_in head@bench.example)
    office=$(sign_in office@bench.example)
    rows=$(ask "$head" "$overdue_list" | grep -o '"code"' | wc -l)
    [ "$rows" = 25 ] || { say "The list has $rows rows instead of 25."; return 1; }
    ask "$office" "$dashboard" >/dev/null
    printf '\n%-42s %9s %9s %9s %9s %6s\n' '' req/s 'p50 ms' 'p99 ms' pgbench ratio
    load list 'overdue list of a unit' "$head" "$overdue_list" 'ratio ≥ 0.45 at 64'
    load dashboard 'dashboard' "$office" "$dashboard" 'p50 < 50 ms'
    printf '\n%-58s %10s %10s %10s %4s\n' '' median worst bar runs
    awk '$1 == "VmRSS:" { print $2 / 1024 }' "/proc/$service/status" | line 'the service: its memory after that' MB '< 80 MB'
    stop_service
}

# The milliseconds from the start of the service to its first answer from the database; it starts the private cluster.
first_answers() {
    local run begun
    for run in {1..9}; do
        begun=$(now)
        start_service
        until curl -fs -o /dev/null "$address/readyz"; do sleep 0.005; done
        echo $(($(now) - begun))
        stop_service
    done
}
