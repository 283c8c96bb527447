"""One sshd more than the fleet's, which does what the lines say: `sshd.py FLEET FOLDER PORT [LINE]...`

FLEET is the folder of Tests/Support/fleet, whose keys and users it shares. It listens on 127.0.0.1 and logs to FOLDER/log. PORT 0
finds a free one; FOLDER/port names it, and FOLDER/pid the process. A line `mount WORDS` mounts something that only it and its sessions
see; other lines go into its configuration, in front of what every sshd of the tests has. It ends when whoever started this program does.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time

fleet, folder, port, lines = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4:]
# Whoever starts us may have blocked the signals that are to end us, and its sessions.
signal.pthread_sigmask(signal.SIG_SETMASK, [])
for number in (signal.SIGPIPE, signal.SIGINT, signal.SIGQUIT, signal.SIGHUP):
    signal.signal(number, signal.SIG_DFL)
sshd = shutil.which("sshd", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")
with open(f"{fleet}/main.conf") as file:
    common = [line for line in file.read().splitlines() if not line.startswith(("ListenAddress", "Port "))]
own = [line for line in lines if not line.startswith("mount ")]
# Of most settings sshd takes the first, of some the last: each stands once.
words = {line.split()[0].lower() for line in own}
start = next((number for number, line in enumerate(common) if line.startswith("Match")), len(common))
common = [line for line in common[:start] if line.split()[0].lower() not in words] + common[start:]
matches = [number for number, line in enumerate(own) if line.startswith("Match")]
split = matches[0] if matches else len(own)


def configuration(port):
    return ["ListenAddress 127.0.0.1", f"Port {port}"] + own[:split] + common + own[split:]


if port == 0:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
with open(f"{folder}/conf", "w") as file:
    file.write("\n".join(configuration(port)) + "\n")
with open(f"{folder}/port.new", "w") as file:
    file.write(f"{port}\n")
os.rename(f"{folder}/port.new", f"{folder}/port")
argv = [sshd, "-D", "-e", "-f", f"{folder}/conf"]
if os.path.isdir(f"{fleet}/etc"):
    mounts = "".join(f"mount {line[6:]} && " for line in lines if line.startswith("mount "))
    inner = f'mount --bind "$1" /etc && {mounts}shift && exec "$@"'
    argv = ["unshare", "--mount", "--propagation", "private", "sh", "-c", inner, "sshd", f"{fleet}/etc"] + argv
with open(f"{folder}/log", "a") as log:
    process = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
with open(f"{folder}/pid.new", "w") as file:
    file.write(f"{process.pid}\n")
os.rename(f"{folder}/pid.new", f"{folder}/pid")
parent = os.getppid()
while process.poll() is None:
    if os.getppid() != parent:
        process.kill()
    time.sleep(0.1)
