"""Too much is refused politely and at once: nothing of it is kept, in memory or on disk."""

import http.client
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path
from pytest_django import Settings

from tests.installation import Installation, on_sqlite, serving

received: list[int] = []


@login_not_required
def receive(request: HttpRequest) -> HttpResponse:
    received.append(sum(len(one.read()) for name in request.FILES for one in request.FILES.getlist(name)))
    return HttpResponse(str(len(request.POST.get("text", ""))))


urlpatterns = [path("ta-emot/", receive), path("", include("styrfart.config.urls"))]
handler400 = "styrfart.shared.uploads.bad_request"


@pytest.fixture(autouse=True)
def _small(settings: Settings, db: None) -> Iterator[None]:
    settings.UPLOAD_MAX_BYTES = 3 * 1024 * 1024
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
    received.clear()
    with override_settings(ROOT_URLCONF=__name__):
        yield


def file(megabytes: float) -> SimpleUploadedFile:
    return SimpleUploadedFile("bok.xlsx", b"x" * int(megabytes * 1024 * 1024))


def test_a_file_within_the_limit_is_received(client: Client) -> None:
    assert client.post("/ta-emot/", {"file": file(2.5)}).status_code == 200
    assert received == [int(2.5 * 1024 * 1024)]


@pytest.mark.parametrize("megabytes", [3.5, 9])
def test_a_file_beyond_the_limit_is_refused_with_a_page_that_says_how_much_is_allowed(
    client: Client, megabytes: float
) -> None:
    answer = client.post("/ta-emot/", {"file": file(megabytes)})
    assert answer.status_code == 413
    assert received == []
    assert "413.html" in [template.name for template in answer.templates]
    assert "3 MB" in answer.content.decode()


def test_several_files_keep_to_the_limit_together(client: Client) -> None:
    assert client.post("/ta-emot/", {"a": file(1.8), "b": file(1.8)}).status_code == 413
    assert received == []


def test_the_page_is_in_the_reader_s_language(client: Client) -> None:
    swedish = client.post("/ta-emot/", {"file": file(9)}, HTTP_ACCEPT_LANGUAGE="sv")
    english = client.post("/ta-emot/", {"file": file(9)}, HTTP_ACCEPT_LANGUAGE="en")
    assert 'lang="sv"' in swedish.content.decode()
    assert 'lang="en"' in english.content.decode()


@pytest.mark.parametrize(("characters", "status"), [(900_000, 200), (1_200_000, 413)])
@pytest.mark.parametrize("is_multipart", [True, False])
def test_pasted_text_has_its_own_limit(
    client: Client, characters: int, status: int, is_multipart: bool
) -> None:
    text = "a" * characters
    if is_multipart:
        answer = client.post("/ta-emot/", {"text": text})
    else:
        answer = client.post("/ta-emot/", f"text={text}", content_type="application/x-www-form-urlencoded")
    assert answer.status_code == status


@pytest.mark.parametrize("address", ["/ta-emot/?q=a%00b", "/%00/"])
def test_nul_in_an_address_is_answered_and_reaches_no_view(client: Client, address: str) -> None:
    assert client.get(address).status_code == 400
    assert received == []


def test_nul_in_a_form_is_an_error_at_the_field(client: Client) -> None:
    answer = client.post("/konto/inloggning/", {"login": "a\0@demo.example", "password": "b\0"})
    assert answer.status_code == 200
    assert answer.context["form"].errors


# --- A real server -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Installation, str]]:
    installation = on_sqlite(tmp_path_factory.mktemp("shop"))
    with serving(installation) as address:
        yield installation, address


def server_memory(installation: Installation) -> int:
    """The most that any process of the server has ever held, in MB."""
    peak = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            environment = (folder / "environ").read_bytes()
            status = (folder / "status").read_text()
        except OSError:
            continue
        if str(installation.data).encode() in environment and "VmHWM" in status:
            peak = max(peak, int(status.split("VmHWM:")[1].split()[0]) // 1024)
    return peak


def upload(address: str, megabytes: int) -> tuple[int, str]:
    """Send that much to the server, as a browser would: all of it, then read the answer."""
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=120)
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\n'
    length = len(head) + megabytes * 1024 * 1024 + 7
    connection.putrequest("POST", "/konto/inloggning/")
    connection.putheader("Content-Type", "multipart/form-data; boundary=x")
    connection.putheader("Content-Length", str(length))
    connection.endheaders()
    connection.send(head)
    piece = os.urandom(1024 * 1024)
    for _ in range(megabytes):
        connection.send(piece)
    connection.send(b"\r\n--x--")
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text


def test_two_hundred_megabytes_are_refused_without_being_kept(shop: tuple[Installation, str]) -> None:
    installation, address = shop
    before = server_memory(installation)
    status, text = upload(address, 200)
    assert status == 413
    assert "25 MB" in text
    assert server_memory(installation) - before < 40
    kept = sum(
        path.stat().st_size
        for path in installation.data.rglob("*")
        if path.is_file() and not path.is_symlink()
    )
    assert kept < 20 * 1024 * 1024


def test_the_server_goes_on_after_a_sender_that_gives_up(shop: tuple[Installation, str]) -> None:
    _installation, address = shop
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=10)
    connection.putrequest("POST", "/konto/inloggning/")
    connection.putheader("Content-Type", "multipart/form-data; boundary=x")
    connection.putheader("Content-Length", str(200 * 1024 * 1024))
    connection.endheaders()
    connection.send(b"x" * 100_000)
    connection.close()
    after = http.client.HTTPConnection(address.removeprefix("http://"), timeout=10)
    after.request("GET", "/konto/inloggning/")
    assert after.getresponse().status == 200
    after.close()
