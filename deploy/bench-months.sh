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
        curl -sS -o "$data/asked" -w '%{http_code} %{time_total}\n' -H "Cookie: $office" \
            -H 'Sec-Fetch-Site: same-origin' --data-urlencode "title=$title" -d category=key -d product=report \
            -d unit=00000000-0000-7000-8000-000000000001 -d assigned_on=29/11/2024 -d due=31/12/2027 \
            "$address/tasks/new"
    done | awk '$1 != 422 { print "a new task was not asked about: " $1 >"/dev/stderr"; exit 1 } { print $2 * 1000 }' |
        line 'a new task: what it is like among 100,000' ms –
    stop_service
}

# The drafts of nine months, each with the whole of its figures and its flow from the month before.
drafts_of() { # tenant
    local office n months=()
    office=$(sign_in office@bench.example "$1")
    for n in {1..9}; do months+=("/briefings/2024-0$n"); done
    page_times "$office" "${months[@]}"
}

# The greatest memory of the service so far, in MB.
service_peak() { awk '$1 == "VmHWM:" { print int($2 / 1024) }' "/proc/$service/status"; }

measure_months() {
    local office form list="due_from=01/01/2023&due_to=25/06/2024&as_of=$cutoff" before
    make_accounts million
    start_service
    drafts_of bench-1 | line 'draft of a month over 100,000 tasks: its page' ms '< 300 ms'
    drafts_of million | line 'draft of a month over 1,000,000 tasks: its page' ms '< 3 s'
    office=$(sign_in office@bench.example)
    for form in csv xlsx; do
        stop_service
        start_service
        ask "$office" /tasks >/dev/null
        before=$(service_peak)
        page_times "$office" "/tasks.$form?$list" | line "about 49,000 rows as $form" ms –
        echo $(($(service_peak) - before)) | line '  memory for it' MB '< 100 MB'
    done
    stop_service
}
