"""Printing through CUPS by its own commands ``lp`` and ``lpstat``; the queue's words are turned into true sentences."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
import time

from deskapp.errors import DeskError, os_reason
from deskapp.printing.port import JobEnd, Printer, PrintResult

TIMEOUT_S = 20.0
SETTLE_S = 6.0
POLL_S = 0.2
# What queues say of themselves, by a word in it.
REASONS = {
    "jam": "卡纸",
    "empty": "缺纸",
    "out of paper": "缺纸",
    "toner": "缺墨粉",
    "ink": "缺墨",
    "cover": "盖子开着",
    "door": "盖子开着",
    "offline": "连不上",
    "unreachable": "连不上",
    "paused": "已暂停",
}
TRUE_SIZE = (
    "media=A4",
    "print-scaling=none",
)  # a queue whose paper is another, or that fits to the page, would shrink the grid
NOTHING_SENT = "文书没有送去打印。"


class CupsPort:
    """The queues of the CUPS server that the environment names (CUPS_SERVER), or the local one."""

    def __init__(self, settle_s: float = SETTLE_S) -> None:
        self._settle_s = settle_s

    def printers(self) -> list[Printer]:
        """All queues with their state. Raises DeskError when the print service is not running."""
        self._require_service()
        listing = self._run("lpstat", "-p").stdout
        default = re.search(r"system default destination: (\S+)", self._run("lpstat", "-d").stdout)
        blocks = re.split(r"(?m)^(?=printer )", listing)
        found = [self._parse(block) for block in blocks if block.startswith("printer ")]
        name = default.group(1) if default else ""
        return [Printer(p.name, p.state, p.reason, p.name == name) for p in found]

    def send(self, pdf: bytes, title: str, printer: str) -> PrintResult:
        """Queue the bytes and watch for a few seconds what becomes of them."""
        queue = self._queue(printer)
        try:
            with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
                file.write(pdf)
                file.flush()
                options = [part for name in ("document-format=application/pdf", *TRUE_SIZE) for part in ("-o", name)]
                done = self._run("lp", "-d", printer, "-t", title, *options, file.name)
        except OSError as error:
            what = f"临时文件夹写不进去：{os_reason(error)}。"
            raise DeskError(what, NOTHING_SENT, "请清理磁盘，或者先存成PDF。") from error
        job = re.search(r"request id is (\S+)", done.stdout)
        if done.returncode or not job:
            raise DeskError(f"打印机【{printer}】没有接收文书。", NOTHING_SENT, "请检查打印机，或者换一台打印机。")
        if queue.state == "stopped":
            message = f"打印机【{printer}】已暂停，文书在队列里等候，恢复以后会自动打印，不要重复打印。"
            return PrintResult("waiting", job.group(1), message)
        return self._watch(printer, job.group(1))

    def may_still_print(self, printer: str, job: str) -> bool:
        """Whether the job is still in the queue; True as well when the service cannot be asked."""
        if not self._service_runs():
            return True
        return job in self._run("lpstat", "-W", "not-completed", "-o", printer).stdout.split()

    def end_of(self, printer: str, job: str) -> JobEnd:
        """What the queue says of a job that is no longer in it."""
        if self.may_still_print(printer, job):
            return ""
        number = job.rpartition("-")[2]
        server = self._run("lpstat", "-H").stdout.strip()
        from deskapp.printing.ipp import job_end  # reads what speaks to the network, long after the first picture

        return (job_end(server, int(number)) if number.isdigit() else "") or "gone"

    def _watch(self, printer: str, job: str) -> PrintResult:
        deadline = time.monotonic() + self._settle_s
        while time.monotonic() < deadline:
            if not self.may_still_print(printer, job):
                if self.end_of(printer, job) == "cancelled":
                    return PrintResult("cancelled", job, f"这次打印在打印机【{printer}】上被取消了，没有印。")
                return PrintResult("printed", job, f"已交给打印机【{printer}】。")
            queue = self._queue(printer)
            if queue.state == "stopped":
                message = (
                    f"打印机【{printer}】停住了{queue.reason}，可能是卡纸或者缺纸。"
                    "文书还在队列里，修好并恢复以后会自动打印，不要重复打印。"
                )
                return PrintResult("waiting", job, message)
            time.sleep(POLL_S)
        return PrintResult("waiting", job, f"文书还在打印机【{printer}】的队列里，请到打印机旁看一看，不要重复打印。")

    def _queue(self, printer: str) -> Printer:
        self._require_service()
        done = self._run("lpstat", "-p", printer)
        if done.returncode or not done.stdout.startswith("printer "):
            raise DeskError(f"没有叫【{printer}】的打印机。", NOTHING_SENT, "请选择另一台打印机，或者请管理员添加。")
        return self._parse(done.stdout)

    @staticmethod
    def _parse(block: str) -> Printer:
        first, _, rest = block.partition("\n")
        name = first.split()[1]
        stopped = " disabled " in first
        said = rest.lower()
        reason = next((f"（{chinese}）" for word, chinese in REASONS.items() if word in said), "") if stopped else ""
        return Printer(name, "stopped" if stopped else "ready", reason)

    def _service_runs(self) -> bool:
        return "is running" in self._run("lpstat", "-r").stdout

    def _require_service(self) -> None:
        if not self._service_runs():
            raise DeskError("打印服务没有运行。", NOTHING_SENT, "请管理员启动电脑上的打印服务，或者先存成PDF。")

    @staticmethod
    def _run(*command: str) -> subprocess.CompletedProcess[str]:
        env = {**os.environ, "LC_ALL": "C", "LANGUAGE": "C"}
        try:
            return subprocess.run(command, capture_output=True, text=True, env=env, timeout=TIMEOUT_S, check=False)
        except OSError as error:
            what = f"打印程序 {command[0]} 运行不了：{os_reason(error)}。"
            raise DeskError(what, NOTHING_SENT, "请管理员检查打印服务，或者先存成PDF。") from error
        except subprocess.TimeoutExpired as error:
            raise DeskError(
                "打印服务没有回应。", "不能确定文书是否已经送去。", "请先看打印机旁有没有纸，再决定是否重打。"
            ) from error
