"""Logs for machines: one JSON object a line on standard error, without personal data.

What our own code logs is written whole, with the fields in `FIELDS`. What libraries log is written as the
template of the message and where in the source it was logged, never with the values: a library may put an
address or a name in them. Of an exception the kind and the places are written, never the text.
"""

import json
import logging
import logging.config
import re
import sys
import time
import traceback
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.http import HttpRequest, HttpResponse

logger = logging.getLogger("styrfart.requests")
request_id: ContextVar[str] = ContextVar("request_id", default="")

OURS = ("styrfart", "_granian", "granian")
FIELDS = (
    "attempt", "bytes", "file", "job", "job_id", "method", "ms", "outcome", "path", "rows",
    "seconds", "status", "worker",
)  # fmt: skip
_KNOWN_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
_HARMLESS = re.compile(r"[a-z0-9_-]{1,60}")
# Parts of an address that are keys in themselves, however harmless they look.
_KEYS = frozenset({"key", "secret"})
_TEMPLATE = re.compile(r"%[(\w)]*[sdrfx]|\{\w*\}")


class JsonFormatter(logging.Formatter):
    """Writes a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
            + f".{int(record.msecs):03d}Z",
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        if record.name.split(".")[0] in OURS:
            line["event"] = record.getMessage()
            line |= {name: record.__dict__[name] for name in FIELDS if name in record.__dict__}
        else:
            # A message without placeholders may already hold values (an f-string): the place must do.
            template = str(record.msg)
            line["event"] = template if _TEMPLATE.search(template) and record.args else ""
            line["where"] = f"{record.module}.{record.funcName}:{record.lineno}"
        if known := request_id.get():
            line["request_id"] = known
        if record.exc_info and record.exc_info[1] is not None:
            line |= described(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False, default=str)


def described(error: BaseException) -> dict[str, Any]:
    """The kind of an exception, those that caused it and the places it passed; never its text."""
    kinds: list[str] = []
    places: list[str] = []
    seen: BaseException | None = error
    while seen is not None and len(kinds) < 5:
        kinds.append(f"{type(seen).__module__}.{type(seen).__qualname__}")
        places += [f"{frame.name} {_short(frame.filename)}:{frame.lineno}" for frame in _frames(seen)[-12:]]
        seen = seen.__cause__ or seen.__context__
    return {"exception": kinds, "trace": places}


def _frames(error: BaseException) -> traceback.StackSummary:
    return traceback.StackSummary.extract(traceback.walk_tb(error.__traceback__), lookup_lines=False)


def _short(filename: str) -> str:
    """The path from the package on: where the product is installed is of no use to a reader."""
    for root in ("site-packages/", "/src/", "/lib/"):
        if root in filename:
            return filename.rsplit(root, 1)[1]
    return filename.rsplit("/", 1)[-1]


def configure(config: dict[str, str]) -> None:
    """Set up logging: everything to standard error in one format (named by LOGGING_CONFIG)."""
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"json": {"()": JsonFormatter}},
            "handlers": {
                "stderr": {"class": "logging.StreamHandler", "stream": sys.stderr, "formatter": "json"}
            },
            "root": {"handlers": ["stderr"], "level": "WARNING"},
            "loggers": {
                "styrfart": {"level": config["level"]},
                "django": {"handlers": [], "level": "WARNING", "propagate": True},
                # Every answer of 400 and above is in our own line already; an exception is not.
                "django.request": {"level": "ERROR"},
                "django.security": {"level": "ERROR"},
            },
        }
    )


def safe_path(request: HttpRequest) -> str:
    """The path, with what may be a secret or a name replaced; the route alone when nothing answers to it."""
    match = request.resolver_match
    if match is None:
        return "?"
    path = request.path
    for name, value in match.kwargs.items():
        if name in _KEYS or (not isinstance(value, int) and not _HARMLESS.fullmatch(str(value))):
            path = path.replace(str(value), "*")
    return path


class RequestLogMiddleware:
    """One line for each request, with an identity that the answer carries too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.monotonic()
        given = request.headers.get("X-Request-ID", "")
        identity = given if _KNOWN_ID.fullmatch(given) else uuid.uuid4().hex
        token = request_id.set(identity)
        try:
            response = self.get_response(request)
            response.headers["X-Request-ID"] = identity
            logger.log(
                logging.ERROR if response.status_code >= 500 else logging.INFO,
                "request",
                extra={
                    "method": request.method if request.method in {"GET", "HEAD", "POST", "OPTIONS"} else "?",
                    "path": safe_path(request),
                    "status": response.status_code,
                    "ms": round((time.monotonic() - began) * 1000, 1),
                },
            )
            return response
        finally:
            request_id.reset(token)
