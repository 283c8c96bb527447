"""The programs that Pushbutton is compared with: how they are installed, and how each runs steps on hosts."""

import json
import os
import shutil
import subprocess

from measuring import Case

PYTHON = ["fabric", "pyinfra", "ansible-core", "clustershell", "parallel-ssh"]
DEBIAN = ["capistrano", "pdsh", "ruby-ed25519", "ruby-bcrypt-pbkdf"]

# One key exchange for all: the default ones differ, and cost more than everything else that is measured here.
PARAMIKO = """
import paramiko
ONLY = "curve25519-sha256@libssh.org"
OPTIONS = dict(key_filename=KEY, look_for_keys=False, allow_agent=False,
  disabled_algorithms={"kex": [name for name in paramiko.Transport._preferred_kex if name != ONLY]})
"""

FABFILE = """
from concurrent.futures import ThreadPoolExecutor
from fabric import Config, ThreadingGroup, task
{settings}
{paramiko}
def group():
    config = Config(overrides={{"run": {{"in_stream": False}}, "load_ssh_configs": False}})
    return ThreadingGroup(*HOSTS, user=USER, port=PORT, config=config, connect_kwargs=OPTIONS)

@task
def steps(c):
    hosts = group()
    for _ in range(STEPS):
        hosts.run(COMMAND, hide=True)

@task
def put(c):
    # A group has one name for all hosts, and these are one machine.
    with ThreadPoolExecutor(len(HOSTS)) as pool:
        list(pool.map(lambda host: host.put(FILE, remote=TARGET.replace("HOST", host.host)), group()))

@task
def nothing(c):
    pass
"""

PYINFRA = """
from pyinfra.operations import server
{settings}
for number in range(STEPS):
    server.shell(name=f"step {{number}}", commands=[COMMAND])
"""

PYINFRA_INVENTORY = """
{settings}
{paramiko}
web = [(host, dict(ssh_user=USER, ssh_port=PORT, ssh_key=KEY, ssh_known_hosts_file=KNOWN,
  ssh_paramiko_connect_kwargs=dict(disabled_algorithms=OPTIONS["disabled_algorithms"], look_for_keys=False, allow_agent=False))) for host in HOSTS]
"""

PARALLEL_SSH = """
from pssh.clients import ParallelSSHClient
{settings}
client = ParallelSSHClient(HOSTS, user=USER, port=PORT, pkey=KEY, pool_size=FORKS, allow_agent=False)
for _ in range(STEPS):
    for output in client.run_command(COMMAND):
        assert output.exception is None, output.exception
    client.join()
    assert all(output.exit_code == 0 for output in client.get_last_output())
"""

SSHKIT = """
require "sshkit"
require "sshkit/dsl"
require "json"
include SSHKit::DSL
settings = JSON.parse(File.read(ARGV[0]))
SSHKit.config.output_verbosity = :error
SSHKit::Backend::Netssh.configure do |ssh|
  ssh.ssh_options = {{ config: false, keys: [settings["KEY"]], keys_only: true, use_agent: false, port: settings["PORT"], user: settings["USER"],
    kex: %w[curve25519-sha256 ecdh-sha2-nistp256], user_known_hosts_file: settings["KNOWN"], verify_host_key: :always }}
end
on(settings["HOSTS"], in: :parallel) {{ settings["STEPS"].times {{ execute settings["COMMAND"] }} }}
"""


class Peers:
    """What is installed of them; `missing` says what is not, and why."""

    def __init__(self, cache, machine, note):
        self.folder = os.path.join(cache, "peers")
        self.missing = {}
        self.note = note
        self._python()
        self._debian(machine)

    def _python(self):
        mark = os.path.join(self.folder, "complete")
        if not os.path.exists(mark):
            self.note(f"installing {', '.join(PYTHON)} (the first time only)")
            shutil.rmtree(self.folder, ignore_errors=True)
            try:
                subprocess.run(["python3", "-m", "venv", self.folder], check=True, capture_output=True)
                pip = [os.path.join(self.folder, "bin/pip"), "install", "--quiet", *PYTHON]
                subprocess.run(pip, check=True, capture_output=True)
                open(mark, "w").close()
            except (OSError, subprocess.CalledProcessError) as error:
                words = getattr(error, "stderr", b"") or str(error).encode()
                self.missing["Python packages"] = words.decode(errors="replace").strip()[-300:]

    def _debian(self, machine):
        if shutil.which("pdsh") and subprocess.run(["ruby", "-rsshkit", "-e", ""], capture_output=True).returncode == 0:
            return
        self.note(f"installing {', '.join(DEBIAN)} (the first time only)")
        script = f'. "{machine}"; install_packages "$@"'
        done = subprocess.run(["bash", "-c", script, "bash", *DEBIAN], capture_output=True, text=True)
        if done.returncode != 0:
            self.missing["Debian packages"] = done.stderr.strip()[-300:] or "could not be installed"

    def program(self, name):
        return os.path.join(self.folder, "bin", name)

    def versions(self):
        """Each peer's version, as it tells it."""
        code = "import importlib.metadata as m, sys; print('\\n'.join(f'{n} {m.version(n)}' for n in sys.argv[1:]))"
        lines = self._said([self.program("python"), "-c", code, *PYTHON])
        lines += self._said(["ruby", "-rsshkit/version", "-e", "puts 'sshkit ' + SSHKit::VERSION"])
        return lines + self._said(["pdsh", "-V"])[:1]

    @staticmethod
    def _said(command):
        try:
            done = subprocess.run(command, capture_output=True, text=True)
        except OSError:
            return []
        return done.stdout.strip().splitlines() if done.returncode == 0 else []

    def listing(self, write):
        """`fab --list`, the peers' fastest look at what there is."""
        write("fab-list/fabfile.py", FABFILE.format(settings="HOSTS, USER, PORT, KEY, STEPS, COMMAND, FILE, TARGET = [], '', 22, '', 0, '', '', ''", paramiko=PARAMIKO))
        return Case("fab --list", [self.program("fab"), "-r", "fab-list", "--list"])

    def steps(self, write, name, fleet, hosts, steps, command, check, before):
        """A case for each peer: so many steps of the same command on these hosts, one after the other on each, the hosts at once."""
        values = dict(
            HOSTS=hosts, USER=fleet.user, PORT=fleet.port, KEY=fleet.key, KNOWN=fleet.known_hosts, STEPS=steps, COMMAND=command, FORKS=len(hosts), FILE="", TARGET="")
        settings = "\n".join(f"{key} = {value!r}" for key, value in values.items())
        texts = dict(settings=settings, paramiko=PARAMIKO)
        write(f"{name}/fabfile.py", FABFILE.format(**texts))
        write(f"{name}/deploy.py", PYINFRA.format(**texts))
        write(f"{name}/inventory.py", PYINFRA_INVENTORY.format(**texts))
        write(f"{name}/parallel.py", PARALLEL_SSH.format(**texts))
        write(f"{name}/steps.rb", SSHKIT.format())
        write(f"{name}/settings.json", json.dumps(values))
        write(f"{name}/hosts.ini", "[web]\n" + "".join(f"{host}\n" for host in hosts))
        play = [{"hosts": "web", "gather_facts": False, "tasks": [{"name": f"step {n}", "raw": command} for n in range(steps)]}]
        write(f"{name}/play.yml", json.dumps(play))
        listed, forks, path = ",".join(hosts), str(len(hosts)), os.path.join(fleet.folder, name)
        masters = os.path.join(fleet.folder, "masters")
        again = f"for n in $(seq {steps}); do"

        def fresh():
            subprocess.run(["pkill", "-f", masters + "/"], capture_output=True)
            shutil.rmtree(masters, ignore_errors=True)
            before()

        ansible = dict(
            ANSIBLE_SSH_ARGS=f'-F "{fleet.config}" -o ControlMaster=auto -o ControlPersist=60s', ANSIBLE_SSH_CONTROL_PATH_DIR=masters, ANSIBLE_PIPELINING="1",
            ANSIBLE_LOCALHOST_WARNING="0", ANSIBLE_HOME=os.path.join(fleet.folder, "ansible"))
        common = dict(check=check, before=before)
        # These have no steps: every one is a start of the program, and a connection.
        anew = dict(common, most=1 if steps > 5 and len(hosts) > 1 else 1000)
        return [
            Case("Fabric", [self.program("fab"), "-r", path, "steps"], **common),
            Case("SSHKit (Capistrano)", ["ruby", f"{path}/steps.rb", f"{path}/settings.json"], **common),
            Case("pyinfra", [self.program("pyinfra"), "-y", f"{path}/inventory.py", f"{path}/deploy.py"], **common),
            Case(
                "Ansible", [self.program("ansible-playbook"), "-i", f"{path}/hosts.ini", "-f", forks, f"{path}/play.yml"], check=check, before=fresh, environment=ansible),
            Case("clush", ["sh", "-c", f'{again} "$@" || exit; done', "sh", self.program("clush"), "-w", listed, "-f", forks, "-S", "-o", f"-F {fleet.config}", command], **anew),
            Case("parallel-ssh", [self.program("python"), f"{path}/parallel.py"], **common),
            Case(
                "pdsh", ["sh", "-c", f'{again} "$@" || exit; done', "sh", "pdsh", "-S", "-R", "ssh", "-l", fleet.user, "-w", listed, "-f", forks, command],
                environment={"PDSH_SSH_ARGS_APPEND": f"-F {fleet.config}"}, **anew),
        ]

    def put(self, write, name, fleet, hosts, file, target, check, before):
        """Fabric's upload."""
        values = dict(HOSTS=hosts, USER=fleet.user, PORT=fleet.port, KEY=fleet.key, STEPS=0, COMMAND="", FILE=file, TARGET=target)
        write(f"{name}/fabfile.py", FABFILE.format(settings="\n".join(f"{key} = {value!r}" for key, value in values.items()), paramiko=PARAMIKO))
        return Case("Fabric put", [self.program("fab"), "-r", os.path.join(fleet.folder, name), "put"], check=check, before=before)
