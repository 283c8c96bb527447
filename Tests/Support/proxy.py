"""A TCP proxy on a free port of 127.0.0.1 that treats connections badly: `proxy.py FOLDER HOST PORT [RULE]...`

FOLDER gets `port` once it listens, `connections` with a line for each connection, and a FIFO `control` that takes commands, a line
each; `done` has a line for each command that has been carried out. It ends when the process that started it does.

Rules concern connections from their beginning, commands those that are open now. DIRECTION is `up` (to the server) or `down`.

  silent                  rule: accepts, and does nothing more
  full                    rule: listens with a queue that is full already, so that nobody even connects
  banner N                rule: closes the first N connections before the server has said a word
  close DIRECTION N       both: closes both ends after N more bytes in that direction
  corrupt DIRECTION N     both: changes the byte after N more bytes in that direction
  dribble N               both: passes on one byte at a time, N of them a second at most, 0 for as many as go
  freeze [DIRECTION] [N]  both: passes nothing on after N more bytes, and keeps everything open
  thaw                    command: goes on
  reset                   command: resets the client's connection (RST), and closes the server's
  half DIRECTION          command: tells the receiver in that direction that nothing more comes, and goes on in the other one
"""

import os
import selectors
import signal
import socket
import struct
import sys
import time

folder, host, port = sys.argv[1], sys.argv[2], int(sys.argv[3])
rules = [rule.split() for rule in sys.argv[4:]]
parent = os.getppid()
# Whoever starts us may have blocked the signal that is to end us.
signal.pthread_sigmask(signal.SIG_SETMASK, [])


class Way:
    """One direction of one connection."""

    def __init__(self, source, target):
        self.source, self.target = source, target
        self.pending = bytearray()
        self.ended = self.frozen = self.told = False
        self.pace = None  # bytes a second, one at a time
        self.next = 0.0
        self.close_after = self.corrupt_after = self.freeze_after = None

    def take(self):
        try:
            data = bytearray(self.source.recv(65536))
        except BlockingIOError:
            return
        except OSError:
            data = bytearray()
        if not data:
            self.ended = True
        if self.corrupt_after is not None and data:
            if self.corrupt_after < len(data):
                data[self.corrupt_after] ^= 0x55
                self.corrupt_after = None
            else:
                self.corrupt_after -= len(data)
        self.pending += data

    def give(self, now):
        """Whether the connection goes on."""
        if self.frozen:
            return True
        if self.close_after == 0:
            return False
        while self.pending and now >= self.next:
            amount = 1 if self.pace is not None else len(self.pending)
            for limit in (self.close_after, self.freeze_after):
                amount = amount if limit is None else min(amount, limit)
            try:
                sent = self.target.send(self.pending[:amount])
            except BlockingIOError:
                self.next = now + 0.005
                return True
            except OSError:
                return False
            del self.pending[:sent]
            if self.pace:
                self.next = max(self.next, now - 0.01) + 1 / self.pace
            if self.close_after is not None:
                self.close_after -= sent
                if self.close_after == 0:
                    return False
            if self.freeze_after is not None:
                self.freeze_after -= sent
                if self.freeze_after == 0:
                    self.frozen = True
                    return True
        if self.ended and not self.pending and not self.told:
            self.told = True
            try:
                self.target.shutdown(socket.SHUT_WR)
            except OSError:
                return False
        return True


class Connection:
    def __init__(self, client, server):
        self.client, self.server = client, server
        self.ways = {"up": Way(client, server), "down": Way(server, client)}
        for end in (client, server):
            end.setblocking(False)
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def apply(self, words):
        kind, arguments = words[0], words[1:]
        ways = [self.ways[word] for word in arguments if word in self.ways] or self.ways.values()
        number = int(arguments[-1]) if arguments and arguments[-1].isdigit() else 0
        for way in ways:
            if kind == "close":
                way.close_after = number
            elif kind == "corrupt":
                way.corrupt_after = number
            elif kind == "dribble":
                way.pace = number
            elif kind == "freeze" and number:
                way.freeze_after = number
            elif kind == "freeze":
                way.frozen = True
            elif kind == "thaw":
                way.frozen = False
            elif kind == "half":
                way.ended = True
        if kind == "reset":
            self.client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.client.close()
            self.close()

    def step(self, now):
        for way in self.ways.values():
            if not way.give(now):
                return self.close()
        if all(way.told for way in self.ways.values()):
            self.close()

    def close(self):
        if self in connections:
            connections.remove(self)
        for end in (self.client, self.server):
            # What nobody has read would turn the end of the connection into a reset.
            try:
                end.shutdown(socket.SHUT_WR)
                while end.recv(65536):
                    pass
            except OSError:
                pass
            end.close()

    def sources(self):
        return [way for way in self.ways.values() if not way.ended and not way.frozen and len(way.pending) < 1 << 20]

    def wait(self, now):
        """In how many seconds there is something to do without anything having come."""
        times = [way.next - now for way in self.ways.values() if way.pending and not way.frozen]
        return max(0.0, min(times)) if times else 0.5


connections, held = [], []
count = 0


def rule(name):
    return next((words for words in rules if words[0] == name), None)


def accept():
    global count
    client = listener.accept()[0]
    count += 1
    with open(f"{folder}/connections", "a") as file:
        file.write(f"{count}\n")
    if rule("silent"):
        held.append(client)
        return
    if rule("banner") and count <= int(rule("banner")[1]):
        client.close()
        return
    try:
        server = socket.create_connection((host, port))
    except OSError:
        client.close()
        return
    connection = Connection(client, server)
    for words in rules:
        connection.apply(words)
    connections.append(connection)


listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen(0 if rule("full") else 128)
if rule("full"):
    # The system takes one more than it is told; nobody accepts them.
    for _ in range(2):
        held.append(socket.socket())
        held[-1].setblocking(False)
        held[-1].connect_ex(listener.getsockname())
    time.sleep(0.2)
os.mkfifo(f"{folder}/control")
control = os.open(f"{folder}/control", os.O_RDWR | os.O_NONBLOCK)
with open(f"{folder}/port.new", "w") as file:
    file.write(str(listener.getsockname()[1]))
os.rename(f"{folder}/port.new", f"{folder}/port")

commands = b""
while os.getppid() == parent:
    now = time.monotonic()
    for connection in list(connections):
        connection.step(now)
    selector = selectors.DefaultSelector()
    selector.register(control, selectors.EVENT_READ)
    if not rule("full"):
        selector.register(listener, selectors.EVENT_READ)
    for connection in connections:
        for way in connection.sources():
            selector.register(way.source, selectors.EVENT_READ, way)
    ready = selector.select(min([0.5] + [connection.wait(now) for connection in connections]))
    selector.close()
    for key, _ in ready:
        if key.data is not None:
            key.data.take()
        elif key.fileobj is listener:
            accept()
        else:
            commands += os.read(control, 4096)
    while b"\n" in commands:
        line, commands = commands.split(b"\n", 1)
        for connection in list(connections):
            connection.apply(line.decode().split())
        with open(f"{folder}/done", "a") as file:
            file.write("done\n")
