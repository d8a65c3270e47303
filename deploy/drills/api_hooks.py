"""A key of its own for each creation that brings a good one: made up from the document alone they come twice."""

import re
import uuid

import schemathesis

GOOD = re.compile(r'("[!#-~]{1,255}"|[!#-~]{1,255})')


@schemathesis.hook
def before_call(context, case, kwargs):
    key = (case.headers or {}).get("Idempotency-Key")
    if isinstance(key, str) and GOOD.fullmatch(key):
        case.headers["Idempotency-Key"] = str(uuid.uuid4())
