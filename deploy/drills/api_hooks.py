"""A key of its own for each creation in good form: made up from the document alone they come twice."""

import uuid

import schemathesis

NAME = "Idempotency-Key"


@schemathesis.hook
def before_call(context, case, kwargs):
    if case.meta and case.meta.generation.mode.is_positive and NAME in (case.headers or {}):
        case.headers[NAME] = str(uuid.uuid4())
