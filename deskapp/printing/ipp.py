"""What CUPS knows of a job's end. Its commands do not say whether a job was printed or cancelled, so it is asked in its own protocol.

Internet Printing Protocol over HTTP: RFC 8010 (encoding), RFC 8011 4.3.4 (Get-Job-Attributes) and 5.3.7 (job-state).
"""

from __future__ import annotations

import http.client
import socket
import struct
from typing import Literal

PORT, TIMEOUT_S = 631, 5.0
GET_JOB_ATTRIBUTES = 0x0009
OPERATION, END = 0x01, 0x03
ENUM, KEYWORD, URI, CHARSET, LANGUAGE, NAME = 0x23, 0x44, 0x45, 0x47, 0x48, 0x42
CANCELLED, ABORTED, COMPLETED = 7, 8, 9


class _Local(http.client.HTTPConnection):
    """HTTP over a socket file."""

    def __init__(self, path: str) -> None:
        super().__init__("localhost", timeout=TIMEOUT_S)
        self._path = path

    def connect(self) -> None:
        """To the socket file."""
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(TIMEOUT_S)
        self.sock.connect(self._path)


def job_end(server: str, number: int) -> Literal["", "printed", "cancelled"]:
    """How a job ended, of the server at an address (``host:port``, or the path of a socket file); empty when it does not say."""
    try:
        state = _job_state(_ask(server, _request(number)))
    except (OSError, http.client.HTTPException, struct.error, UnicodeDecodeError):
        return ""
    return "printed" if state == COMPLETED else "cancelled" if state in (CANCELLED, ABORTED) else ""


def _request(number: int) -> bytes:
    """The question for the state of a job."""
    asked = (
        (CHARSET, "attributes-charset", "utf-8"),
        (LANGUAGE, "attributes-natural-language", "en"),
        (URI, "job-uri", f"ipp://localhost/jobs/{number}"),
        (NAME, "requesting-user-name", "deskapp"),
        (KEYWORD, "requested-attributes", "job-state"),
    )
    body = b"".join(
        struct.pack(">BH", tag, len(name)) + name.encode() + struct.pack(">H", len(value)) + value.encode()
        for tag, name, value in asked
    )
    return struct.pack(">BBHIB", 2, 0, GET_JOB_ATTRIBUTES, 1, OPERATION) + body + bytes([END])


def _ask(server: str, request: bytes) -> bytes:
    """The answer. Raises OSError, HTTPException."""
    host, _, port = server.partition(":")
    connection = (
        _Local(server)
        if server.startswith("/")
        else http.client.HTTPConnection(host, int(port) if port.isdigit() else PORT, timeout=TIMEOUT_S)
    )
    try:
        connection.request("POST", "/jobs/", request, {"Content-Type": "application/ipp"})
        return connection.getresponse().read()
    finally:
        connection.close()


def _job_state(answer: bytes) -> int:
    """The value of job-state in an answer; 0 when it is not there. Raises struct.error."""
    at = 8  # behind version, status and number of the request
    while at < len(answer) and answer[at] != END:
        tag = answer[at]
        at += 1
        if tag < 0x10:  # a group begins
            continue
        (length,) = struct.unpack_from(">H", answer, at)
        name = answer[at + 2 : at + 2 + length].decode()
        at += 2 + length
        (length,) = struct.unpack_from(">H", answer, at)
        if tag == ENUM and name == "job-state":
            return int(struct.unpack_from(">I", answer, at + 2)[0])
        at += 2 + length
    return 0
