"""What the figures were measured on, in words that name no machine.

Imported by the entry point.
"""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path


def processor() -> str:
    """The model of the processor, as far as the system says it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else platform.machine()


def facts() -> dict[str, str]:
    """Processor, cores, system and versions."""
    cores = os.cpu_count() or 1
    return {
        "fact_processor": f"{processor()} ({platform.machine()})",
        "fact_cores": f"{cores} core" if cores == 1 else f"{cores} cores",
        "fact_system": f"{platform.system()} {'.'.join(platform.release().split('.')[:2])}",
        "fact_python": f"{platform.python_implementation()} {platform.python_version()}",
        "fact_typedactors": version("typedactors"),
        "fact_pykka": version("pykka"),
    }
