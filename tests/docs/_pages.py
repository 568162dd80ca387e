"""Which pages there are. Imports nothing of the folder."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SITE = ROOT / "docs" / "site"
README = ROOT / "README.md"
PAGES = [README, *sorted(SITE.rglob("*.md"))]
