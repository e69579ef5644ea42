"""Keeps the processors busy while a command runs: `busy.py COUNT COMMAND…`; its status is ours."""

import contextlib
import subprocess
import sys


def main(count: int, command: list[str]) -> int:
    idle_never = [sys.executable, "-I", "-S", "-c", "while True: pass"]
    with contextlib.ExitStack() as stack:
        for _ in range(count):
            stack.callback(stack.enter_context(subprocess.Popen(idle_never)).kill)
        return subprocess.call(command)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), sys.argv[2:]))
