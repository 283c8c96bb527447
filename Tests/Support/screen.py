"""Runs a program on a pseudo-terminal, and tells what a person sees: a real emulator of terminals (pyte) keeps the screen.

usage: screen.py COLUMNSxROWS [--resize TEXT COLUMNSxROWS]... [--type TEXT ANSWER]... -- PROGRAM [WORD]...

Once TEXT has appeared, the terminal gets the new size, or ANSWER is typed. Prints JSON: `status` (128 and the signal's number, or 99 after two minutes), `screen` (what is left in
the end, history included, without empty lines at the end), `seen` (every line that any picture showed), `pictures` (how many there were), `seconds`, `cursor`
(whether it shows in the end).
"""

import fcntl
import json
import os
import pty
import select
import signal
import struct
import sys
import termios
import time

import pyte

END = b"\x1b[?2026l"


def size(text):
    columns, rows = text.split("x")
    return int(columns), int(rows)


def resize(terminal, columns, rows):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


words = sys.argv[2:]
split = words.index("--")
acts = [(words[place], words[place + 1].encode(), words[place + 2]) for place in range(0, split, 3)]
columns, rows = size(sys.argv[1])
screen = pyte.HistoryScreen(columns, rows, history=100_000)
stream = pyte.ByteStream(screen)

process, terminal = pty.fork()
if process == 0:
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    for number in (signal.SIGPIPE, signal.SIGINT, signal.SIGQUIT):
        signal.signal(number, signal.SIG_DFL)
    resize(0, columns, rows)
    os.execvp(words[split + 1], words[split + 1:])

started = time.monotonic()
everything, seen, pictures, waiting, status = b"", {}, 0, b"", None


def look():
    for line in screen.display:
        if line.strip():
            seen.setdefault(line.rstrip(), None)


while True:
    if time.monotonic() - started > 120:
        os.kill(process, signal.SIGKILL)
        status = 99
        break
    if select.select([terminal], [], [], 0.1)[0]:
        try:
            data = os.read(terminal, 65536)
        except OSError:
            break
        if not data:
            break
        everything += data
        waiting += data
        while END in waiting:
            picture, waiting = waiting.split(END, 1)
            stream.feed(picture + END)
            pictures += 1
            look()
    while acts and acts[0][1] in everything:
        kind, text, value = acts.pop(0)
        everything = everything.split(text, 1)[1]
        if kind == "--resize":
            stream.feed(waiting)
            waiting = b""
            screen.resize(*reversed(size(value)))
            resize(terminal, *size(value))
        else:
            os.write(terminal, value.encode())

stream.feed(waiting)
ended = os.waitpid(process, 0)[1]
if status is None:
    status = os.WEXITSTATUS(ended) if os.WIFEXITED(ended) else 128 + os.WTERMSIG(ended)
past = ["".join(line[column].data for column in range(screen.columns)).rstrip() for line in screen.history.top]
lines = past + [line.rstrip() for line in screen.display]
while lines and not lines[-1]:
    lines.pop()
print(json.dumps({
    "status": status, "screen": lines, "seen": list(seen), "pictures": pictures, "seconds": time.monotonic() - started, "cursor": not screen.cursor.hidden,
}))
