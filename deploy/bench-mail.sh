# shellcheck shell=bash disable=SC2154
# What deploy/bench.sh measures of the daily digest: sourced by it, and uses its variables and functions.
#
# 5,000 heads of units in each of the 20 tenants get the digest of one day, through the queue, the outbox and a mail
# server on this machine that takes everything, while somebody reads the overdue list of a unit.

readonly heads=5000

make_heads() {
    local n
    for ((n = 1; n <= 20; n++)); do
        sql -v slug="bench-$n" -v heads="$heads" "$owner" <<'SQL'
BEGIN;
SELECT set_config('app.tenant_id', id::text, true) AS tenant FROM tenants WHERE slug = :'slug' \gset
INSERT INTO persons (tenant_id, id, full_name, email, created_at)
SELECT :'tenant', ('00000000-0000-7000-9000-' || lpad(to_hex(n), 12, '0'))::uuid, 'Thủ trưởng ' || n,
       'head-' || n || '@bench.example', now() FROM generate_series(1, :heads) n ON CONFLICT DO NOTHING;
INSERT INTO posts (tenant_id, id, person_id, unit_id, role, from_on)
SELECT tenant_id, id, id, ('00000000-0000-7000-8000-' || lpad(to_hex(1 + split_part(split_part(email, '@', 1), '-', 2)::int % 34), 12, '0'))::uuid,
       'unit_head', '1990-01-01' FROM persons WHERE tenant_id = :'tenant' AND email LIKE 'head-%'
    ON CONFLICT DO NOTHING;
COMMIT;
SQL
    done
    sql -c 'ANALYZE persons, posts' "$superuser"
}

# The digests of the day of tenant $1; the greatest memory in MB that the command took. Who looks fifty times a second
# takes a fifth of a core from the reader.
send_digests() {
    local look=0.5
    SMTP_URL=$sink_url MAIL_FROM=dondoc@bench.example PUBLIC_URL=http://127.0.0.1:8080 \
        peak_memory digest --tenant "bench-$1" --date "$cutoff"
}

# The milliseconds within which 95 % of the requests of one reader were answered, for so many seconds.
reader_p95() {
    echo 'done = function(_, latency) io.write("p95 ", latency:percentile(95) / 1000, "\n") end' >"$data/p95.lua"
    wrk -t 1 -c 1 -d "${1}s" -s "$data/p95.lua" -H "Cookie: $2" "$address$overdue_list" >"$data/wrk.log"
    ! grep -E 'Non-2xx|Socket errors' "$data/wrk.log" >&2
    awk '$1 == "p95" { print $2 }' "$data/wrk.log"
}

# Tenant after tenant. Beside the first of them somebody reads, each time first alone and then while letters are sent: a
# machine that others use too is now quicker and now slower, and only neighbours can be compared.
measure_digests() {
    local head n sender begun spent=0
    make_heads
    # It stands for a server on another machine: it gets what nobody else wants here.
    coproc SINK { exec nice -n 15 "$release/examples/bench_sink"; }
    # shellcheck disable=SC2153 # coproc makes SINK_PID
    local sink=$SINK_PID sink_input=${SINK[1]} sink_output=${SINK[0]}
    read -r sink_url <&"$sink_output"
    start_service --no-worker
    head=$(sign_in head@bench.example)
    rm -f "$data/alone" "$data/beside" "$data/peak"
    reader_p95 5 "$head" >/dev/null
    for ((n = 1; n <= 20; n++)); do
        [ "$n" -gt 10 ] || reader_p95 10 "$head" >>"$data/alone"
        begun=$(now)
        send_digests "$n" >>"$data/peak" &
        sender=$!
        [ "$n" -gt 10 ] || reader_p95 10 "$head" >>"$data/beside"
        wait "$sender"
        spent=$((spent + $(now) - begun))
    done
    stop_service
    exec {sink_input}>&-
    read -r came first <&"$sink_output"
    wait "$sink" || true
    line 'overdue list, one reader: 95 % within' ms – <"$data/alone"
    line '  the same while digests are composed and sent' ms '+ 20 %' <"$data/beside"
    paste "$data/alone" "$data/beside" | awk '{ print 100 * ($2 / $1 - 1) }' | line '  so much more, each time' % '20 %'
    echo $((spent / 1000)) | line "$came digests planned, composed and delivered ($first ids)" s '< 300 s'
    echo $((1000 * came / (spent > 0 ? spent : 1))) | line '  letters delivered a second' '' '≥ 200'
    line '  peak memory of the sender' MB '< 300 MB' <"$data/peak"
}
