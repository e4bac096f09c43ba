"""What Lighthouse thinks of the attendee's page: `python -m benchmarks.lighthouse [--runs 3]`.

The sample forum with a published plan is served by the production server on a loopback port, and Lighthouse 12 looks at
one delegate's page as a phone on a slow network would see it. Printed: the scores (the median of the runs), and every
audit that found something. Fails below 95. Lighthouse is fetched by npm into tests/.out, and nothing of it is kept in
the repository.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from eventday.settings import load_settings
from tests.live import CHROMIUM, OUT, command, serving

VERSION = "12.8.2"
WANTED = ("performance", "accessibility", "best-practices")
LEAST = 0.95
TRIES = 3  # a trace recorded on a busy machine may come back without its beginning


def installed() -> Path:
    """Lighthouse's entry, installed where it is missing."""
    folder = OUT / "lighthouse"
    entry = folder / "node_modules/lighthouse/cli/index.js"
    if not entry.exists():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_text('{"private": true}')
        install = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", f"lighthouse@{VERSION}"]
        subprocess.run(install, cwd=folder, env=_environment(), check=True, stdout=subprocess.DEVNULL)
    return entry


def _environment() -> dict[str, str]:
    """Ours, with the Node that set-up brought along, and the Chromium that the tests use."""
    tools = Path(sys.executable).parent
    return os.environ | {"PATH": f"{tools}{os.pathsep}{os.environ['PATH']}", "CHROME_PATH": CHROMIUM}


def look(entry: Path, address: str) -> dict[str, Any]:
    """Lighthouse's report on the page at `address`."""
    arguments = ["node", str(entry), address, "--quiet", "--output=json", f"--only-categories={','.join(WANTED)}"]
    arguments.append("--chrome-flags=--headless=new --no-sandbox --disable-gpu")
    for _ in range(TRIES):
        run = subprocess.run(arguments, env=_environment(), capture_output=True, text=True, timeout=180)
        report: dict[str, Any] = json.loads(run.stdout) if run.stdout else {"runtimeError": {"message": run.stderr}}
        if "runtimeError" not in report:
            return report
    raise SystemExit(report["runtimeError"]["message"])


def main() -> int:
    """Look a few times, print, and say by the exit code whether it is good enough."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    runs = parser.parse_args().runs
    entry = installed()
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings({"EVENTDAY_INSTANCE": folder, "EVENTDAY_SECRET_KEY": "for a look"})
        for words in (("sample",), ("plan", "baoshan-2025", "--seconds", "10", "--publish")):
            command(settings, *words).check_returncode()
        listed = command(settings, "badges", "baoshan-2025", "--csv").stdout.splitlines()
        code = next(line.split(",")[0] for line in listed if ",sme," in line)
        with serving(settings) as server:
            reports = [look(entry, f"{server.url}/B/{code}") for _ in range(runs)]
    scores = {name: statistics.median(report["categories"][name]["score"] for report in reports) for name in WANTED}
    for name, score in scores.items():
        print(f"{name:<16}{score * 100:4.0f}")
    for audit in reports[-1]["audits"].values():
        if audit.get("score") not in (None, 1):
            print(f"  {audit['title']}: {audit.get('displayValue', '')}")
    return 0 if min(scores.values()) >= LEAST else 1


if __name__ == "__main__":
    sys.exit(main())
