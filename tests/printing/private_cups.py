"""A private cupsd on loopback with its own ServerRoot and a capture backend: what is printed lands in a folder."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

BACKEND = """#!/bin/sh
# With no argument CUPS asks what devices there are.
[ $# -eq 0 ] && { echo 'direct capture "Unknown" "Capture"'; exit 0; }
folder="${DEVICE_URI#capture:}"
if [ -e "$folder/jam" ]; then echo "STATE: +media-jam-error" >&2; echo "ERROR: Paper jam" >&2; exit 4; fi
if [ -n "$6" ]; then cat "$6"; else cat; fi > "$folder/job-$1.part"
mv "$folder/job-$1.part" "$folder/job-$1.pdf"
exit 0
"""

CONF = """
LogLevel warn
Listen 127.0.0.1:{port}
{socket}
WebInterface No
Browsing No
DefaultAuthType None
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order allow,deny
    Allow all
  </Limit>
</Policy>
"""

FILES = """
SystemGroup root
ServerRoot {root}/etc
ServerBin {root}/bin
DataDir /usr/share/cups
RequestRoot {root}/spool
CacheDir {root}/cache
StateDir {root}/state
TempDir {root}/tmp
AccessLog {root}/access_log
ErrorLog {root}/error_log
PageLog {root}/page_log
FileDevice No
Sandboxing relaxed
"""

QUEUE = """<Printer {name}>
DeviceURI capture:{folder}
State {state}
StateMessage {message}
Accepting Yes
Shared No
ErrorPolicy stop-printer
</Printer>
"""


def why_not() -> str:
    """Why a private cupsd cannot run here; empty when it can."""
    if os.name != "posix" or os.geteuid() != 0:
        return "a private cupsd needs root"
    for program in ("lp", "lpstat", "cupsd", "cupsenable", "cupsdisable"):
        if not (shutil.which(program) or Path("/usr/sbin", program).exists()):
            return f"{program} is not installed (Debian: cups-daemon, cups-client)"
    return ""


class PrivateCups:
    """A running cupsd with one queue ``tray``; ``address`` goes into CUPS_SERVER, or the path of ``socket_file``, which programs without a
    network reach as well."""

    def __init__(self, root: Path, stopped: bool = False, socket_file: Path | None = None) -> None:
        self.root, self.out = root, root / "out"
        for folder in ("etc", "bin/backend", "bin/filter", "bin/daemon", "spool/tmp", "cache", "state", "tmp", "out"):
            (root / folder).mkdir(parents=True)
        (root / "bin/backend/capture").write_text(BACKEND)
        (root / "bin/backend/capture").chmod(0o700)
        for folder in ("filter", "daemon"):
            for program in Path("/usr/lib/cups", folder).glob("*"):
                (root / "bin" / folder / program.name).symlink_to(program)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.address = f"127.0.0.1:{self.port}"
        (root / "etc/cupsd.conf").write_text(
            CONF.format(port=self.port, socket=f"Listen {socket_file}" if socket_file else "")
        )
        (root / "etc/cups-files.conf").write_text(FILES.format(root=root))
        state, message = ("Stopped", "Paused") if stopped else ("Idle", "")
        queue = QUEUE.format(name="tray", folder=self.out, state=state, message=message)
        (root / "etc/printers.conf").write_text(queue)
        (root / "etc/printers.conf").chmod(0o600)
        self.process = subprocess.Popen(
            ["/usr/sbin/cupsd", "-f", "-c", str(root / "etc/cupsd.conf"), "-s", str(root / "etc/cups-files.conf")],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._wait()

    def _wait(self) -> None:
        deadline = time.monotonic() + 15
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise RuntimeError(
            (self.root / "error_log").read_text() if (self.root / "error_log").exists() else "no cupsd"
        )

    def jam(self) -> None:
        """From now on the backend reports a jam."""
        (self.out / "jam").touch()

    def clear(self) -> None:
        """The jam is mended and the queue enabled again."""
        (self.out / "jam").unlink()
        env = {**os.environ, "CUPS_SERVER": self.address}
        subprocess.run(["/usr/sbin/cupsenable", "tray"], env=env, check=True)

    def printed(self, wait_s: float = 0.0) -> list[bytes]:
        """The bytes of every job that reached the device, in order."""
        deadline = time.monotonic() + wait_s
        while not list(self.out.glob("*.pdf")) and time.monotonic() < deadline:
            time.sleep(0.05)
        return [path.read_bytes() for path in sorted(self.out.glob("*.pdf"))]

    def stop(self) -> None:
        """End the server."""
        self.process.terminate()
        self.process.wait(timeout=10)
