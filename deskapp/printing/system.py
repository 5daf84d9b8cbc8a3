"""Which port this system has."""

from __future__ import annotations

import shutil
import sys

from deskapp.printing.port import PrinterPort


def system_port() -> PrinterPort:
    """The port of this system: Windows, CUPS where ``lp`` is installed, else one that says there is no printer."""
    if sys.platform == "win32":
        from deskapp.printing.windows import WindowsPort

        return WindowsPort()
    if shutil.which("lp"):
        from deskapp.printing.cups import CupsPort

        return CupsPort()
    from deskapp.printing.file import NoPrinterPort

    return NoPrinterPort()
