"""Presses the tab key in an interactive shell."""

import os
import pty
import re
import select
import subprocess
import tempfile
import time

# How each shell starts without anyone's settings, loads the completion named by $SCRIPT, and binds Ctrl-T to show
# the command line as it stands between < and >. READY is printed once all is loaded.
SHELLS = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], r"""
. "$SCRIPT"; show() { printf '<%s>\n' "$READLINE_LINE"; }; bind -x '"\C-t": show'; echo REA''DY
"""),
    "zsh": (["zsh", "-f", "-i"], r"""
fpath=("${SCRIPT:h}" $fpath); autoload -Uz compinit; compinit -u -D
show() { print -r -- "<$BUFFER>" }; zle -N show; bindkey '^T' show; bindkey '^I' complete-word; echo REA''DY
"""),
}


def complete(shell, script, folder, typed):
    """The command line that `typed` becomes by a tab in `folder`; "" if none is shown within twenty seconds."""
    command, settings = SHELLS[shell]
    ours, theirs = pty.openpty()
    with tempfile.TemporaryDirectory() as home:
        process = subprocess.Popen(
            command, cwd=folder, start_new_session=True, stdin=theirs, stdout=theirs, stderr=theirs,
            env={"PATH": os.environ["PATH"], "HOME": home, "TERM": "dumb", "LC_ALL": "C.UTF-8",
                 "INPUTRC": "/dev/null", "SCRIPT": str(script)})
        os.close(theirs)
        try:
            os.write(ours, settings.encode())
            if not wait_for(ours, "(READY)"):
                return ""
            os.write(ours, f"{typed}\t\x14".encode())
            return wait_for(ours, r"<(saleschecklist [^>]*)>")
        finally:
            process.kill()
            process.wait()
            os.close(ours)


def wait_for(terminal, pattern):
    """The first group of `pattern` in what the terminal shows; "" if it does not come."""
    said, deadline = "", time.monotonic() + 10
    while time.monotonic() < deadline:
        if select.select([terminal], [], [], 0.1)[0]:
            said += os.read(terminal, 4096).decode(errors="replace")
        if found := re.search(pattern, said):
            return found.group(1)
    return ""
