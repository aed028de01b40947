#!/usr/bin/env python3
"""Runs the blobs of S3 against servers that others wrote.

    s3_run.py CLIENT s3rver       npm's s3rver, which keeps everything but believes every signature
    s3_run.py CLIENT versitygw    Versity's gateway, which checks signatures; it has to be in PATH:
                                  go install github.com/versity/versitygw/cmd/versitygw@v1.8.0

CLIENT is the program made of s3_client.cpp. Exits 77 and says why when the server cannot be had.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

from run import free_port, install, skip, wait_for

PACKAGE = "s3rver@3.7.1"
KEYS = {"AWS_ACCESS_KEY_ID": "S3RVER", "AWS_SECRET_ACCESS_KEY": "S3RVER"}  # s3rver has no others
SMALL = "Zażółć\0\r\n gęślą".encode()[:18]
ROWS = 29
LARGE = bytes(range(251)) * 70_000  # 17.5 MB

CHECKS_SIGNATURES = {"s3rver": False, "versitygw": True}
EXPECTED = {"get erased": "not_found", "get unwanted": "cancelled", "wrong secret": "unauthorized",
            "wrong key": "unauthorized", "no bucket": "not_found"}


def fetch(link):
    """The status and bytes at a link, by plain HTTP from this machine whatever host it names."""
    parts = urllib.parse.urlsplit(link)
    request = urllib.request.Request(
        parts._replace(netloc=f"127.0.0.1:{parts.port}").geturl(), headers={"Host": parts.netloc})
    try:
        with urllib.request.urlopen(request, timeout=30) as reply:
            return reply.status, reply.read()
    except urllib.error.HTTPError as error:
        return error.code, b""


def link_faults(name, link, is_checked):
    expected = LARGE if "large" in name else SMALL
    status, content = fetch(link)
    if (status, content) != (200, expected):
        digest = hashlib.sha256(content).hexdigest()
        yield f"{name}: HTTP {status} with {len(content)} bytes, {digest}"
    status, _ = fetch(link[:-1] + ("0" if link[-1] != "0" else "1"))
    if is_checked and status != 403:
        yield f"{name}: with another signature HTTP {status}"


def ask(client, url, file):
    environment = {**os.environ, **KEYS}
    done = subprocess.run([client, url, file], capture_output=True, text=True, timeout=200,
                          env=environment, check=True)
    return [line.split("\t") for line in done.stdout.splitlines()]


def check(rows, is_checked):
    """Yields what is not as it should be."""
    if len(rows) != ROWS:
        yield f"{len(rows)} rows instead of {ROWS}"
    for name, code, text in rows:
        expected = EXPECTED.get(name, "ok")
        if name == "wrong secret" and not is_checked:
            expected = "ok"
        if code != expected or (name.startswith("get ") and code == "ok" and text != "same"):
            yield f"{name}: {code} {text}"
        if name.startswith("link ") and name != "link a":  # that one is erased
            yield from link_faults(name, text, is_checked)


def start(name, folder, port):
    """The server, with a bucket "calls" that is also at calls.s3.localhost."""
    if name == "s3rver":
        command = [install(folder, PACKAGE, "s3rver"), "-d", f"{folder}/data", "-a", "127.0.0.1",
                   "-p", str(port), "--silent", "--service-endpoint", "localhost",
                   "--configure-bucket", "calls"]
    elif shutil.which("versitygw"):
        Path(folder, "data", "calls").mkdir(parents=True)
        command = ["versitygw", "--quiet", "--port", f"127.0.0.1:{port}", "--access",
                   KEYS["AWS_ACCESS_KEY_ID"], "--secret", KEYS["AWS_SECRET_ACCESS_KEY"],
                   "--virtual-domain", "s3.localhost", "posix", f"{folder}/data"]
    else:
        skip("there is no versitygw")
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def main():
    client, name = sys.argv[1:]
    faults = []
    with tempfile.TemporaryDirectory() as folder:
        large = Path(folder) / "large.bin"
        large.write_bytes(LARGE)
        port = free_port()
        server = start(name, folder, port)
        try:
            wait_for(f"http://127.0.0.1:{port}/", server)
            for url in (f"s3://calls?endpoint=http://127.0.0.1:{port}&path_style=true",
                        f"s3://calls/odd%20pre/%C5%BC+%3D&%40%24?endpoint=http://127.0.0.1:{port}"
                        "&path_style=true",
                        f"s3://calls/in-host?endpoint=http://s3.localhost:{port}"):
                rows = ask(client, url, large)
                print(url, len(rows))
                faults += [f"{url}: {fault}" for fault in check(rows, CHECKS_SIGNATURES[name])]
        finally:
            server.terminate()
            server.wait(timeout=10)
    for fault in faults:
        print("FAULT", fault)
    print(f"blobs at {name}, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
