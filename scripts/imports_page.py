"""Draw who imports whom into docs/imports.md, as import-linter sees it. A test keeps the page in step with the code."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).parent.parent / "docs/imports.md"
DRAWN = {
    "deskapp": "The rooms",
    "deskapp.desk": "The subjects of the desk",
    "deskapp.screens": "The screens",
    "deskapp.register": "The register",
    "letters": "The press",
}
HEAD = """# Who imports whom

Drawn by `import-linter drawgraph` (`make imports`); an arrow goes from who imports to what is imported. No arrow runs back
up: `make lint` refuses a circle at any depth, and the layers of `pyproject.toml` say which way is down.
"""


def arrows(module: str) -> list[tuple[str, str]]:
    """The imports between the children of a module."""
    tool = Path(sys.executable).with_name("import-linter")
    done = subprocess.run(
        [tool, "drawgraph", module], cwd=PAGE.parent.parent, capture_output=True, text=True, check=True
    )
    return sorted(set(re.findall(r'"\.([\w]+)" -> +"\.([\w]+)"', done.stdout)))


def page() -> str:
    """The whole page, a drawing a room."""
    parts = [HEAD]
    for module, title in DRAWN.items():
        lines = [f"    {importer}[{importer}] --> {imported}[{imported}]" for importer, imported in arrows(module)]
        parts.append("\n".join([f"## {title}: `{module}`", "", "```mermaid", "graph TD", *lines, "```", ""]))
    return "\n".join(parts)


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
