"""End every process of a supervisor that was killed, their own children too.

Run as a script, with the supervisor's pipe as standard input: a line `+pid` names a process group
that lives, `-pid` one that ended. The end of the pipe is the end of the supervisor. The reaper
keeps FILON_HOME's lock open, so that the next supervisor waits until it is done.
"""

import contextlib
import os
import signal
import sys


def main() -> None:
    groups: set[int] = set()
    for line in sys.stdin:
        change = groups.add if line.startswith("+") else groups.discard
        change(int(line[1:]))
    for group in groups:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(group, signal.SIGKILL)


if __name__ == "__main__":
    main()
