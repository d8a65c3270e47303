"""Independent counter of the briefing's figures, written from DOMAIN.md sections 2, 3 and 6 alone.

A task is a plain dict:
  code, title, unit (short name), category ("trọng tâm" | "thường xuyên" | "đột xuất"),
  product (one of the kinds, lower case, or None), level (text or None),
  assigned_on (date), due (original deadline or None), extended_to (date or None),
  completed_on (date or None), cancelled (bool), cancelled_on (date or None = at every cut-off).
`units` is the list of short names in the order of the units.

Run it alone to see that it gives the published figures:
  python3 oracle.py nhiem-vu-2024.xlsx nhiem-vu-2024.truth.json
"""
from collections import Counter
from datetime import date, timedelta


# --- section 6: days off, public sector ------------------------------------------------------------------

def _days(year, *spans):
    """(day, month) or (first day, last day, month) -> set of dates"""
    out = set()
    for s in spans:
        first, last, month = (s[0], s[0], s[1]) if len(s) == 2 else s
        out |= {date(year, month, d) for d in range(first, last + 1)}
    return out


OFF = (_days(2024, (1, 1), (8, 14, 2), (18, 4), (29, 4), (30, 4), (1, 5), (2, 3, 9))
       | _days(2025, (1, 1), (27, 31, 1), (7, 4), (30, 4), (1, 5), (2, 5), (1, 2, 9))
       | _days(2026, (1, 1), (2, 1), (16, 20, 2), (27, 4), (30, 4), (1, 5), (31, 8), (1, 2, 9), (24, 11))
       | _days(2027, (1, 1), (4, 10, 2), (16, 4), (30, 4), (3, 5), (2, 9), (3, 9), (24, 11)))
WORK = {date(2024, 5, 4), date(2025, 4, 26), date(2026, 1, 10), date(2026, 8, 22)}


def is_working_day(d):
    if d in WORK:
        return True
    return d.weekday() < 5 and d not in OFF


def working_days_between(d, due):
    """working days in (d, due]"""
    n, x = 0, d
    while x < due:
        x += timedelta(days=1)
        n += is_working_day(x)
    return n


# --- section 2: standing ----------------------------------------------------------------------------------

def due_of(t):
    """The deadline in force. A sheet's extension has no decision date: decided on the day of assignment."""
    return t["extended_to"] or t["due"]


def outside(t, d):
    return t["cancelled"] and (t["cancelled_on"] is None or t["cancelled_on"] <= d)


def completed_by(t, d):
    return t["completed_on"] is not None and t["completed_on"] <= d


def standing(t, d):
    """None = not counted at all. First match wins."""
    if t["assigned_on"] > d:
        return None
    if outside(t, d):
        return "outside"
    due = due_of(t)
    if due is None:
        return "no_deadline"
    if completed_by(t, d):
        return "completed_on_time" if t["completed_on"] <= due else "completed_late"
    return "within_term" if d <= due else "overdue"


STANDINGS = ("completed_on_time", "completed_late", "within_term", "overdue", "no_deadline", "outside")


def standings(tasks, d, n=3):
    c, soon = Counter(), 0
    for t in tasks:
        s = standing(t, d)
        c[s] += 1
        if s == "within_term" and working_days_between(d, due_of(t)) <= n:
            soon += 1
    out = {s: c[s] for s in STANDINGS}
    out["total"] = sum(1 for t in tasks if t["assigned_on"] <= d)
    assert out["total"] == sum(c[s] for s in STANDINGS)
    out["due_soon"] = soon
    return out


# --- section 3: the briefing ------------------------------------------------------------------------------

def month_span(month):
    y, m = map(int, month.split("-"))
    first = date(y, m, 1)
    nxt = date(y + m // 12, m % 12 + 1, 1)
    return first, nxt - timedelta(days=1)


def next_month(month):
    y, m = map(int, month.split("-"))
    return f"{y + m // 12:04d}-{m % 12 + 1:02d}"


def buckets(ages):
    names = ["1-7", "8-30", "31-60", "61-120", ">120"]
    out = dict.fromkeys(names, 0)
    for a in ages:
        out[names[(a > 7) + (a > 30) + (a > 60) + (a > 120)]] += 1
    return out


def briefing(tasks, units, month, cutoff, n=3, count_no_deadline_completions=True):
    c = cutoff
    first, last = month_span(month)
    nfirst, nlast = month_span(next_month(month))
    key_all = [t for t in tasks if t["category"] == "trọng tâm"]
    key = [t for t in key_all if t["assigned_on"] <= c and not outside(t, c)]

    overdue = [t for t in key if due_of(t) and not completed_by(t, c) and due_of(t) < c]
    per_unit = Counter(t["unit"] for t in overdue)
    order = {u: i for i, u in enumerate(units)}
    ages = [(c - due_of(t)).days for t in overdue]

    in_month = [t for t in key if due_of(t) and first <= due_of(t) <= last]
    reached = [t for t in in_month if completed_by(t, c) or due_of(t) < c]
    on_time = [t for t in reached if completed_by(t, c) and t["completed_on"] <= due_of(t)]

    done = [t for t in key if completed_by(t, c) and first <= t["completed_on"] <= last]
    if not count_no_deadline_completions:
        done = [t for t in done if due_of(t)]
    done_late = [t for t in done if due_of(t) and t["completed_on"] > due_of(t)]

    nxt = [t for t in key if due_of(t) and not completed_by(t, c) and nfirst <= due_of(t) <= nlast]
    kinds = Counter(k[0].upper() + k[1:] for k in (t["product"] or "khác" for t in nxt))
    government = ("chính phủ", "thủ tướng chính phủ")
    schemes = [t for t in nxt if t["product"] == "đề án" and (t["level"] or "").lower() in government]

    return {
        "cutoff": c.isoformat(), "month": month,
        "overdue_tasks": len(overdue),
        "overdue_units": len(per_unit),
        "overdue_by_unit": {u: k for u, k in sorted(per_unit.items(), key=lambda x: (-x[1], order[x[0]]))},
        "longest_overdue_days": max(ages, default=0),
        "due_in_month": len(in_month),
        "due_in_month_reached": len(reached),
        "due_in_month_on_time": len(on_time),
        "completed_in_month": len(done),
        "completed_in_month_late": len(done_late),
        "due_next_month": len(nxt),
        "due_next_month_by_product": dict(sorted(kinds.items())),
        "due_next_month_schemes_to_government": len(schemes),
        "overdue_buckets": buckets(ages),
        "standings": {"key": standings(key_all, c, n), "all": standings(tasks, c, n)},
    }


def overdue_tasks(tasks, d, key_only=False):
    return [t for t in tasks if standing(t, d) == "overdue" and (not key_only or t["category"] == "trọng tâm")]


if __name__ == "__main__":
    import json, sys
    import reader
    tasks, units = reader.read(sys.argv[1])
    truth = json.load(open(sys.argv[2], encoding="utf-8"))
    ok = (len(tasks), len(units)) == (truth["tasks"], truth["units"])
    print("tasks", len(tasks), "units", len(units), "ok" if ok else "DIFFERENT")
    for b in truth["briefings"]:
        got = briefing(tasks, units, b["month"], date.fromisoformat(b["cutoff"]))
        for k, v in b.items():
            same = got[k] == v and (not isinstance(v, dict) or k != "overdue_by_unit" or list(got[k]) == list(v))
            ok &= same
            print("  ", "ok " if same else "NOT", k, got[k] if same else (got[k], v))
    sys.exit(0 if ok else 1)
