"""What a test of the sandbox starts its code with: a forkserver that has entered, and candidates that run code.

Run as text (`python -c`), since the file itself may be closed to the user of the test.
"""

import contextlib
import json
import os
import select
import signal
import sys
import time
from pathlib import Path

from tplib.autograde.sandbox import Limits, confine, default_view, enter, fork


def start(code, limits=None):
    """Fork a candidate that runs `code`; return its pid and where its `answer` comes from."""
    read, write = os.pipe()
    pid = fork()
    if pid == 0:
        try:
            confine(limits or Limits(), keep=(2, write))
            scope = {"__name__": "__main__"}
            exec(code, scope)
            answer = scope.get("answer")
        except BaseException as error:
            answer = f"{type(error).__name__}: {error}"
        os.write(write, json.dumps(answer).encode())
        os._exit(0)
    os.close(write)
    return pid, read


def finish(candidate, seconds=30.0):
    """Return the candidate's answer; "killed" where the time is over, "ended" where it died without one."""
    pid, read = candidate
    data, deadline = b"", time.monotonic() + seconds
    while select.select([read], [], [], max(0, deadline - time.monotonic()))[0]:
        more = os.read(read, 1 << 16)
        if not more:
            break
        data += more
    else:
        os.kill(pid, signal.SIGKILL)
        data = b'"killed"'
    os.close(read)
    os.waitpid(pid, 0)
    return json.loads(data or b'"ended"')


def run(code, seconds=30.0, **limits):
    return finish(start(code, Limits(**limits)), seconds)


def enter_as_usual(**view):
    for name in os.listdir("/proc/self/fd"):
        if int(name) > 2:
            with contextlib.suppress(OSError):
                os.close(int(name))
    enter(default_view(**view))


hidden = [Path(path) for path in json.loads(sys.argv[1])]
readable = [Path(path) for path in json.loads(sys.argv[2])]
enter_as_usual(hidden=hidden, extra_readable=readable)
scope = {"run": run, "start": start, "finish": finish, "Limits": Limits, "fork": fork, "confine": confine}
exec(sys.argv[3], scope)
print(json.dumps(scope["result"]))
