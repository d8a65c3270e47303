"""A plain reader of the workbooks, for checking only: the columns are named here by hand, nothing is guessed."""
import re
import unicodedata
from datetime import date, datetime, timedelta

import openpyxl

nfc = lambda s: unicodedata.normalize("NFC", s)


class Fault(Exception):
    pass


def squeeze(s):
    return " ".join(nfc(s).split())


def month_end(y, m):
    return date(y + m // 12, m % 12 + 1, 1) - timedelta(days=1)


QUARTER = {"i": 3, "ii": 6, "iii": 9, "iv": 12}
PREFIX = r"(?:(?:trước|chậm nhất|đến) ngày )?"


def deadline(cell):
    """date, None (no deadline) or Fault. Only the wordings DOMAIN.md names; case and spacing ignored."""
    if cell is None:
        return None
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if not isinstance(cell, str):
        raise Fault(repr(cell))
    s = re.sub(r"\s*/\s*", "/", squeeze(cell).lower())
    if s in ("", "thường xuyên", "hằng tháng"):
        return None
    try:
        if m := re.fullmatch(PREFIX + r"(\d{1,2})/(\d{1,2})/(\d{4})", s, re.A):
            return date(int(m[3]), int(m[2]), int(m[1]))
        if m := re.fullmatch(r"tháng (\d{1,2})/(\d{4})", s, re.A):
            return month_end(int(m[2]), int(m[1])) if 1 <= int(m[1]) <= 12 else _no(s)
        if m := re.fullmatch(r"quý (i|ii|iii|iv)/(\d{4})", s, re.A):
            return month_end(int(m[2]), QUARTER[m[1]])
        if m := re.fullmatch(r"6 tháng đầu năm (\d{4})", s, re.A):
            return date(int(m[1]), 6, 30)
        if m := re.fullmatch(r"năm (\d{4})", s, re.A):
            return date(int(m[1]), 12, 31)
    except ValueError:
        pass
    return _no(s)


def _no(s):
    raise Fault(s)


def day(cell):
    if isinstance(cell, str) and squeeze(cell):
        if m := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", squeeze(cell), re.A):
            return date(int(m[3]), int(m[2]), int(m[1]))
        raise Fault(cell)
    return deadline(cell)


COLUMNS_2024 = {"A": "no", "B": "code", "C": "title", "D": "category", "E": "document", "F": "document_date", "G": "unit",
                "H": "coordinating", "I": "product", "J": "level", "K": "due", "L": "extended_to", "M": "status",
                "N": "completed_on", "O": "note"}
COLUMNS_TINH = {"A": "no", "B": "title", "C": "unit", "D": "coordinating", "E": "document", "F": "document_date",
                "G": "assigned_on", "H": "due", "I": "extended_to", "J": "completed_on", "K": "status", "L": "category",
                "M": "product", "N": "level", "O": "code", "P": "note"}
COLUMNS_KHONG_MA = {"A": "no", "B": "document", "C": "document_date", "D": "title", "E": "category", "F": "unit",
                    "G": "coordinating", "H": "other", "I": "due", "J": "extended_to", "K": "status", "L": "completed_on",
                    "M": "product", "N": "level", "O": "note"}

STATUS = {"": "not_started", "chưa thực hiện": "not_started", "đang thực hiện": "in_progress", "đang triển khai": "in_progress",
          "hoàn thành": "completed", "đã hoàn thành": "completed", "rút khỏi chương trình": "cancelled",
          "không thực hiện": "cancelled"}


def text(v):
    return squeeze(str(v)) if v is not None else ""


def read_units(ws, first_row, full="B", short="C"):
    units = []
    for r in range(first_row, ws.max_row + 1):
        if ws[f"{full}{r}"].value:
            units.append((text(ws[f"{full}{r}"].value), text(ws[f"{short}{r}"].value)))
    return units


def read_tasks(ws, first_row, columns, lookup, last_row=None):
    """lookup: name -> short name, or None for an unknown unit"""
    tasks = []
    for r in range(first_row, (last_row or ws.max_row) + 1):
        row = {f: ws[f"{c}{r}"].value for c, f in columns.items()}
        if not any(text(v) for v in row.values()):
            continue
        if not any(text(v) for f, v in row.items() if f not in ("no", "title")):
            continue                                    # a group heading: a numeral and a title only
        status = STATUS[text(row["status"]).lower()]
        note = text(row["note"])
        dates = re.findall(r"\d{1,2}/\d{1,2}/\d{4}", note)
        unit = lookup(text(row["unit"]))
        if unit is None:
            raise Fault(f"row {r} unit {row['unit']!r}")
        for c in re.split(r"[;\n]", nfc(row["coordinating"] or "")):
            if text(c) and lookup(text(c)) is None:
                raise Fault(f"row {r} coordinating {c!r}")
        tasks.append({
            "row": r, "code": text(row.get("code")), "title": text(row["title"]), "unit": unit,
            "category": text(row["category"]).lower(), "product": text(row["product"]).lower() or None,
            "level": text(row["level"]) or None, "document": text(row["document"]),
            "assigned_on": day(row.get("assigned_on")) or day(row["document_date"]),
            "due": deadline(row["due"]), "extended_to": deadline(row["extended_to"]),
            "completed_on": None if status == "cancelled" else day(row["completed_on"]),
            "cancelled": status == "cancelled",
            "cancelled_on": day(dates[0]) if status == "cancelled" and dates else None,
        })
    return tasks


def lookup_of(units):
    names = {}
    for full, short in units:
        names[full.lower()] = names[short.lower()] = short
    return lambda name: names.get(name.lower())


def read(path):
    """A workbook laid out as nhiem-vu-2024.xlsx -> (tasks, short names in order)"""
    wb = openpyxl.load_workbook(path)
    units = read_units(wb["Đơn vị"], 2)
    return read_tasks(wb["Nhiệm vụ"], 7, COLUMNS_2024, lookup_of(units)), [s for _, s in units]
