"""How much may be sent to us: too much is refused at once, politely and without being kept anywhere."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

# What a multipart form holds beside its files.
ENVELOPE = 1024 * 1024
# How much of a refused upload is read and thrown away, so that the sender sees the answer instead of a
# broken connection. Beyond this the connection is closed.
PATIENCE = 512 * 1024 * 1024
PIECE = 1024 * 1024


def limit_for(request: HttpRequest) -> int:
    """The most that may be sent with this request, in bytes."""
    if request.content_type == "multipart/form-data":
        return int(settings.UPLOAD_MAX_BYTES) + ENVELOPE
    return int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)


def sent_bytes(request: HttpRequest) -> int:
    """How much the sender says is coming."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdecimal() else 0


def drain(request: HttpRequest, length: int) -> None:
    """Read what is coming and throw it away, a piece at a time."""
    stream = request.environ["wsgi.input"] if hasattr(request, "environ") else None
    left = min(length, PATIENCE) if stream is not None else 0
    while left > 0 and stream is not None:
        piece = stream.read(min(PIECE, left))
        if not piece:
            return
        left -= len(piece)


def too_large(request: HttpRequest) -> HttpResponse:
    """The page that says that it was too much, and how much is allowed."""
    # A POST that is not read: nothing of it may be asked for while the page is written.
    request._post_parse_error = True  # type: ignore[attr-defined]  # noqa: SLF001  # as Django itself marks it
    return render(request, "413.html", {"limit_mb": settings.UPLOAD_MAX_BYTES // (1024 * 1024)}, status=413)


class UploadLimitMiddleware:
    """Refuses what is too large before any of it is parsed, and NUL in addresses, which no page can use."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return render(request, "400.html", status=400)
        length = sent_bytes(request)
        if length > limit_for(request):
            drain(request, length)
            response = too_large(request)
            response.headers["Connection"] = "close"
            return response
        return self.get_response(request)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The answer to a request that cannot be read (`handler400`)."""
    if isinstance(exception, RequestDataTooBig):
        return too_large(request)
    return render(request, "400.html", status=400)


class LimitHandler(FileUploadHandler):
    """Counts what arrives: the files of a request together keep to the limit, whatever was announced."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.arrived = 0

    def receive_data_chunk(self, raw_data: bytes, _start: int) -> bytes:
        self.arrived += len(raw_data)
        if self.arrived > settings.UPLOAD_MAX_BYTES:
            for handler in self.request.upload_handlers if self.request else []:
                handler.upload_interrupted()  # what has been kept so far is thrown away
            raise RequestDataTooBig("the files of the request are larger than UPLOAD_MAX_BYTES")
        return raw_data

    def file_complete(self, _file_size: int) -> Any:
        """Leave the file to the next handler."""
        return None
