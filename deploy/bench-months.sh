# shellcheck shell=bash disable=SC2154
# What deploy/bench.sh measures of finding, entering, the months and the lists as files: sourced by it, and uses its
# variables and functions.

# Searches in 100,000 tasks whose titles differ in a number alone, and what is asked of a new one that is like them all.
measure_finding() {
    local office n searches=() title
    start_service
    office=$(sign_in office@bench.example)
    for n in {1..9}; do searches+=("/tasks?q=noi+dung+so+4${n}71&as_of=$cutoff"); done
    page_times "$office" "${searches[@]}" | line 'a search in 100,000 tasks: its page' ms –
    for n in {1..9}; do
        title="Xây dựng, trình ban hành văn bản quy định về nội dung số 4${n}71 theo chỉ đạo tại hội nghị giao ban"
        curl -sS -o "$data/asked" -w '%{time_total}\n' -H "Cookie: $office" -H 'Sec-Fetch-Site: same-origin' \
            --data-urlencode "title=$title" -d category=key -d product=report -d unit=DV1 \
            -d assigned_on=29/11/2024 -d due=31/12/2027 "$address/tasks/new"
        # Asked about those that are like it, nothing is written.
        grep -q 'name="heeded"' "$data/asked" || { say "A new task was not asked about."; return 1; }
    done | awk '{ print $1 * 1000 }' | line 'a new task: what it is like among 100,000' ms –
    stop_service
}

# The drafts of nine months, each with the whole of its figures and its flow from the month before.
drafts_of() { # tenant
    local office n months=()
    office=$(sign_in office@bench.example "$1")
    for n in {1..9}; do months+=("/briefings/2024-0$n"); done
    page_times "$office" "${months[@]}"
}

measure_months() {
    make_accounts million
    start_service
    drafts_of bench-1 | line 'draft of a month over 100,000 tasks: its page' ms '< 300 ms'
    drafts_of million | line 'draft of a month over 1,000,000 tasks: its page' ms '< 3 s'
    stop_service
}

# MB that the service has held at most.
service_peak() { awk '$1 == "VmHWM:" { print $2 / 1024 }' "/proc/$service/status"; }

# About 48,500 of the tenant's tasks as files.
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
