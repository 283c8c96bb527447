"""The hosts that are measured: loopback addresses with real sshd, one configuration of ssh with one key exchange for all."""

import os
import subprocess
import sys

# Delays each byte by half of a round trip in each direction, as a ProxyCommand's stand-in that all programs can use: a port of its own.
DELAY = """
import asyncio, sys
listen, port, target, half, folder = sys.argv[1], int(sys.argv[2]), sys.argv[3], float(sys.argv[4]) / 2000, sys.argv[5]

async def way(reader, writer):
    queue, loop = asyncio.Queue(), asyncio.get_running_loop()
    async def deliver():
        while True:
            due, data = await queue.get()
            await asyncio.sleep(max(0, due - loop.time()))
            if data is None:
                try: writer.write_eof()
                except OSError: pass
                return
            try: writer.write(data); await writer.drain()
            except OSError: return
    task = asyncio.create_task(deliver())
    try:
        while data := await reader.read(65536): queue.put_nowait((loop.time() + half, data))
    except OSError: pass
    queue.put_nowait((loop.time() + half, None))
    await task

async def serve(reader, writer):
    try:
        there, back = await asyncio.open_connection(target, port)
        await asyncio.gather(way(reader, back), way(there, writer))
    except OSError: pass
    for each in (writer, back): each.close()

async def main():
    server = await asyncio.start_server(serve, listen, port)
    open(folder + "/delay.ready", "w").close()
    await server.serve_forever()
asyncio.run(main())
"""


class Fleet:
    """Hosts that are ended with `stop`."""

    def __init__(self, root, folder):
        self.folder, self.program, self._delay = folder, os.path.join(root, "Tests/Support/fleet"), None
        os.chmod(folder, 0o755)
        # What the hosts write: their user is nobody here.
        self.remote = f"{folder}/remote"
        os.mkdir(self.remote)
        os.chmod(self.remote, 0o777)
        subprocess.run([self.program, "start", f"{folder}/fleet"], check=True)
        with open(f"{folder}/fleet/fleet.env") as lines:
            values = dict(line.rstrip("\n").split("=", 1) for line in lines)
        values = {key.removeprefix("PUSHBUTTON_TEST_SSH_"): value.strip("'") for key, value in values.items()}
        self.addresses, self.port, self.key = values["BENCH_HOSTS"].split(), int(values["PORT"]), values["KEY"]
        # Not this machine's root: what its start-up files do belongs to no deploy.
        self.user = "pbbash"
        self.known_hosts = f"{folder}/fleet/ssh/known_hosts"
        self.config = f"{folder}/config"
        with open(self.config, "w") as file:
            file.write(f'KexAlgorithms curve25519-sha256\nUser {self.user}\nInclude "{values["CONFIG"]}"\n')

    def inventory(self, hosts):
        """An inventory for so many hosts; those beyond the addresses are further names of them."""
        options = f"ansible_port={self.port} ansible_ssh_common_args='-F \"{self.config}\"'"
        names = [f"h{number:04} ansible_host={self.addresses[number % len(self.addresses)]} {options}" for number in range(hosts)]
        return "[web]\n" + "\n".join(names) + "\n"

    def delayed(self, milliseconds):
        """An address that answers as the first host does, with this round trip; its configuration of ssh."""
        address = "127.0.6.1"
        script = f"{self.folder}/delay.py"
        with open(script, "w") as file:
            file.write(DELAY)
        self._delay = subprocess.Popen([sys.executable, script, address, str(self.port), self.addresses[0], str(milliseconds), self.folder])
        while not os.path.exists(f"{self.folder}/delay.ready") and self._delay.poll() is None:
            os.sched_yield()
        with open(self.known_hosts) as file:
            key = next(line for line in file if self.addresses[0] + "]" in line).split(" ", 1)[1]
        with open(self.known_hosts, "a") as file:
            file.write(f"[{address}]:{self.port} {key}")
        return address

    def stop(self):
        if self._delay:
            self._delay.terminate()
            self._delay.wait()
        subprocess.run([self.program, "stop", f"{self.folder}/fleet"])
