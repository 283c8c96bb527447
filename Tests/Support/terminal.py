"""Runs a program on a pseudo-terminal of its own and answers it, as a person at the keyboard would.

usage: terminal.py [EXPECTED ANSWER]... -- PROGRAM [WORD]...

Each ANSWER is typed once EXPECTED has appeared after the answer before; file:PATH means that there is such a file. Everything that the terminal shows goes to standard
output; the exit status is the program's, 128 and the signal's number, or 99 when the program lasts longer than a minute.
"""

import os
import pty
import select
import signal
import sys
import time

split = sys.argv.index("--")
pairs = sys.argv[1:split]
answers = list(zip(pairs[0::2], pairs[1::2]))

process, terminal = pty.fork()
if process == 0:
    # As a login would start it: a shell in the background has Ctrl-C ignored, and Swift's threads have it blocked.
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    for number in (signal.SIGPIPE, signal.SIGINT, signal.SIGQUIT, signal.SIGXFSZ):
        signal.signal(number, signal.SIG_DFL)
    os.execvp(sys.argv[split + 1], sys.argv[split + 1:])

deadline = time.monotonic() + 60
fresh = b""


def appeared(expected):
    return os.path.exists(expected[5:]) if expected.startswith("file:") else expected.encode() in fresh


while True:
    if time.monotonic() > deadline:
        os.kill(process, signal.SIGKILL)
        sys.exit(99)
    if select.select([terminal], [], [], 0.1)[0]:
        try:
            data = os.read(terminal, 65536)
        except OSError:
            break
        if not data:
            break
        os.write(1, data)
        fresh += data
    while answers and appeared(answers[0][0]):
        expected, answer = answers.pop(0)
        # Nothing to wait for is there at once, and is no place to go on from.
        fresh = fresh.split(expected.encode(), 1)[-1] if expected else fresh
        os.write(terminal, answer.encode())

status = os.waitpid(process, 0)[1]
sys.exit(os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status))
