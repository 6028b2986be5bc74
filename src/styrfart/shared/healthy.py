"""Asking the server on this machine how it is. Without Django: a container asks every few seconds."""

from http.client import HTTPConnection, HTTPException


def ask(host: str, port: int) -> tuple[bool, str]:
    """Whether the server listening on `host` and `port` says that all is well, and what it said."""
    connection = HTTPConnection("127.0.0.1" if host in {"0.0.0.0", "::"} else host, port, timeout=8)  # noqa: S104  # compared only
    try:
        connection.request("GET", "/halsa/", headers={"Host": "127.0.0.1"})
        answer = connection.getresponse()
        return answer.status == 200, answer.read().decode()
    except (OSError, HTTPException):
        return False, "Servern svarar inte."
    finally:
        connection.close()
