"""A PostgreSQL server of a test's own in a temporary folder, reached by a socket there.

    with PostgresServer() as server:
        use(server.url)

PostgresServer.programs() is None where no server is installed.
"""

import ctypes
import glob
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time


def _end_with_parent():
    """The server ends when who started it does, however that is."""
    ctypes.CDLL(None).prctl(1, signal.SIGQUIT)  # PR_SET_PDEATHSIG


class PostgresServer:
    """Lets everybody in. Without fsync: what is written outlives the server, not the machine."""

    @staticmethod
    def programs():
        found = [os.path.dirname(path) for path in sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"))]
        return found[-1] if found else None

    def __init__(self):
        self._folder = tempfile.mkdtemp(prefix="scl-", dir="/tmp")
        self._process = None
        self._user = None
        if os.geteuid() == 0:  # the server refuses to be run by root
            names = [entry.pw_name for entry in pwd.getpwall()]
            self._user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
            os.chown(self._folder, self._user.pw_uid, self._user.pw_gid)
        self._run("initdb", "-D", self._data, "-U", "scl", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.kill()
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def url(self):
        return f"postgresql://scl@/postgres?host={self._folder}"

    @property
    def _data(self):
        return os.path.join(self._folder, "data")

    def start(self):
        """Returns when the server lets clients in."""
        log = os.path.join(self._folder, "server.log")
        with open(log, "ab") as output:
            self._process = subprocess.Popen(
                [self._tool("postgres"), "-D", self._data, "-k", self._folder, "-c", "listen_addresses=",
                 "-c", "fsync=off"], stdout=output, stderr=output, preexec_fn=_end_with_parent, **self._identity())
        for _ in range(2000):
            if subprocess.run([self._tool("pg_isready"), "-q", "-h", self._folder], check=False).returncode == 0:
                return
            time.sleep(0.01)
        raise RuntimeError(f"PostgreSQL does not start, see {log}")

    def stop(self):
        """As for maintenance: connections are ended."""
        self._end(signal.SIGINT)

    def kill(self):
        """Nothing is put in order."""
        self._end(signal.SIGQUIT)

    def restart(self):
        self.stop()
        self.start()

    def query(self, sql):
        """What psql prints, columns divided by '|'."""
        return subprocess.run([self._tool("psql"), "-XAqt", "-v", "ON_ERROR_STOP=1", "-d", self.url, "-c", sql],
                              check=True, capture_output=True, text=True).stdout.strip()

    def _tool(self, name):
        return os.path.join(self.programs(), name)

    def _identity(self):
        return {"user": self._user.pw_uid, "group": self._user.pw_gid, "extra_groups": []} if self._user else {}

    def _run(self, name, *arguments):
        subprocess.run([self._tool(name), *arguments], check=True, capture_output=True, cwd="/", **self._identity())

    def _end(self, how):
        if self._process:
            self._process.send_signal(how)
            self._process.wait()
            self._process = None
