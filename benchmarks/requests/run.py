#!/usr/bin/env python3
"""Requests per second and CPU per request beside the official Python client, on one local server.

Usage: run.py BUILD_DIR PYTHON, where PYTHON is an interpreter that has the package `openai`, such as
build/release and the bin/python of a fresh virtual environment. Clients take turns; the best of three
rounds counts for each.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROUNDS = 3
CASES = {1: (2000, 400), 64: (6000, 800)}  # clients: requests of ours, of the peer


def measure(*command):
    """Requests per second, CPU microseconds per request."""
    done = subprocess.run([str(word) for word in command], check=True, capture_output=True, text=True)
    return tuple(float(word) for word in done.stdout.split())


def best(results):
    return max(rate for rate, _ in results), min(cpu for _, cpu in results)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    programs, python = Path(sys.argv[1]) / "benchmarks", sys.argv[2]
    with tempfile.TemporaryDirectory() as folder:
        port_file = Path(folder) / "port"
        server = subprocess.Popen([programs / "requests_server", port_file])
        try:
            while not (port_file.exists() and port_file.read_text().endswith("\n")):
                time.sleep(0.05)
            url = f"http://127.0.0.1:{port_file.read_text().strip()}/v1"
            for clients, (ours, theirs) in CASES.items():
                pairs = [(measure(programs / "requests_client", url, clients, ours),
                          measure(python, HERE / "client.py", url, clients, theirs)) for _ in range(ROUNDS)]
                rate, cpu = best([pair[0] for pair in pairs])
                peer_rate, peer_cpu = best([pair[1] for pair in pairs])
                print(f"{clients:>2} at a time: {rate:,.0f} requests/s, {cpu:,.0f} us CPU each; "
                      f"openai (Python): {peer_rate:,.0f}/s, {peer_cpu:,.0f} us; "
                      f"ratios {rate / peer_rate:.1f} and {peer_cpu / cpu:.1f}")
        finally:
            server.kill()
            server.wait()


if __name__ == "__main__":
    main()
