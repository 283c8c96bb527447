"""What is measured: each function is one workload, and returns tables."""

import os
import shutil
import subprocess
import sys

from measuring import Case, measured


class Table:
    """Figures of one workload; ratios are to the figure called `base`."""

    def __init__(self, title, figures, base=None, remark=""):
        self.title, self.figures, self.base, self.remark = title, figures, base, remark

    def figure(self, name):
        return next((figure for figure in self.figures if figure.name == name), None)


class Bench:
    """What all workloads share: the program, the hosts, the peers, and a folder."""

    def __init__(self, run, fleet, peers, folder, rounds, note):
        self.program, self.fleet, self.peers, self.folder, self.rounds, self.note = run, fleet, peers, folder, rounds, note
        self.counter = f"{fleet.remote}/count"
        self.step = f"echo x >>{self.counter}"
        self.environment = {**os.environ, "PUSHBUTTON_CACHE_DIR": f"{folder}/cache", "HOME": f"{folder}/home", "XDG_STATE_HOME": f"{folder}/state", "NO_COLOR": "1"}
        os.makedirs(f"{folder}/home", exist_ok=True)

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as file:
            file.write(text)
        return path

    def clear(self):
        open(self.counter, "w").close()
        os.chmod(self.counter, 0o666)

    def counts(self, wanted):
        """A check that the step was done so often on the hosts, whatever a program says of it."""

        def check(output):
            found = os.path.getsize(self.counter) // 2
            return "" if found == wanted else f"its steps were done {found} times, not {wanted}: {' '.join(output.split())[-200:]}"

        return check

    def ours(self, *words, name="Pushbutton", folder=None, **options):
        where = ["-f", f"{folder}/Deployfile.swift"] if folder else []
        return Case(name, [self.program, *where, *words], **options)

    def deployfile(self, folder, tasks, hosts, listed):
        self.write(f"{folder}/hosts.ini", hosts)
        self.write(f"{folder}/Deployfile.swift", f"""import Tasks
{tasks}
let deployfile = Deployfile {{
  environment("bench", inventory: "hosts.ini")
  {"; ".join(listed)}
}}
""")
        return os.path.join(self.folder, folder)

    def figures(self, cases, rounds=None, warm=True):
        return measured(cases, rounds or self.rounds, self.folder, self.environment, self.note, warm)

    def compiled(self, folder):
        """So that what is measured below is no compilation."""
        done = subprocess.run([self.program, "-f", f"{folder}/Deployfile.swift", "--list"], capture_output=True, text=True, env=self.environment)
        if done.returncode != 0:
            sys.exit(f"bench: {folder}: {done.stdout}{done.stderr}")
        return folder

    def xargs(self, hosts, command, forks=None):
        """The floor: nothing but ssh."""
        self.write("xargs-hosts", "".join(f"{host}\n" for host in hosts))
        return ["sh", "-c", f'xargs -P {forks or len(hosts)} -I HOST ssh -F "{self.fleet.config}" -n HOST "{command}" <xargs-hosts']


def half(bench):
    """Rounds of what takes long."""
    return max(1, bench.rounds // 2)


def steps_task(name, count, command, scope="hosts(\"web\")"):
    lines = "\n".join(f"    run({quoted(command)})" for _ in range(count))
    return f'let {name} = task("{name}", "Steps") {{\n  {scope} {{\n{lines}\n  }}\n}}'


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def a_listing(bench):
    """(a) A warm `--list`."""
    folder = bench.deployfile("a", steps_task("deploy", 3, "true"), bench.fleet.inventory(3), ["deploy"])
    cases = [bench.ours("--list", folder=folder), bench.peers.listing(bench.write)]
    return [Table("(a) A warm `--list`", bench.figures(cases, bench.rounds * 4), base="Pushbutton")]


def b_compiling(bench):
    """(b) A one-line edit; 40 tasks of 10 steps; the first compilation on a machine."""
    edits = iter(range(1_000_000))
    small = f"{bench.folder}/b"
    bench.write("b/hosts.ini", bench.fleet.inventory(3))

    def tasks(count, steps, edit):
        names = [f"task{number}" for number in range(count)]
        texts = [
            f'let {name} = task("{name}", "Edited {edit} times") {{ hosts("web") {{\n'
            + "\n".join(f'  run("echo {step} \\(host: .name)")' for step in range(steps)) + "\n} }" for name in names]
        return "\n".join(texts), names

    def edit(folder, count, steps):
        def before():
            text, names = tasks(count, steps, next(edits))
            bench.deployfile(folder, text, bench.fleet.inventory(3), names)
        return before

    def empty():
        shutil.rmtree(f"{bench.folder}/cache-first", ignore_errors=True)
        edit("b-first", 3, 5)()

    cases = [
        bench.ours("--list", name="3 tasks x 5 steps, one line edited", folder=small, before=edit("b", 3, 5)),
        bench.ours("--list", name="40 tasks x 10 steps, one line edited", folder=f"{bench.folder}/b-large", before=edit("b-large", 40, 10)),
        bench.ours(
            "--list", name="the first compilation on a machine", folder=f"{bench.folder}/b-first", before=empty,
            environment={"PUSHBUTTON_CACHE_DIR": f"{bench.folder}/cache-first"}),
    ]
    return [Table("(b) An edit, then `--list`", bench.figures(cases))]


def c_hosts(bench):
    """(c) 40 hosts, and 1, 5 and 20 steps. (d) Later phases of a run, which find their connections open."""
    hosts, command = bench.fleet.addresses, bench.step
    counts = {1: "one", 5: "five", 20: "twenty"}
    tasks = "\n".join(steps_task(name, count, command) for count, name in counts.items())
    phases = "\n".join(f'    hosts("web") {{ run({quoted(command)}) }}' for _ in range(20))
    tasks += f'\nlet phases = task("phases", "Twenty phases") {{\n{phases}\n}}'
    folder = bench.deployfile("c", tasks, bench.fleet.inventory(len(hosts)), [*counts.values(), "phases"])
    bench.compiled(folder)
    tables = []
    for count, name in counts.items():
        options = dict(before=bench.clear, check=bench.counts(len(hosts) * count))
        cases = [Case(f"xargs -P {len(hosts)} ssh, 1 step", bench.xargs(hosts, command), before=bench.clear, check=bench.counts(len(hosts)))]
        cases += [bench.ours("-j", str(len(hosts)), name, folder=folder, **options)]
        if count == 20:
            cases += [bench.ours("-j", str(len(hosts)), "one", name="Pushbutton, 1 step", folder=folder, before=bench.clear, check=bench.counts(len(hosts)))]
            cases += [bench.ours("-j", str(len(hosts)), "phases", name="Pushbutton, 20 phases (d)", folder=folder, **options)]
        cases += bench.peers.steps(bench.write, f"c{count}", bench.fleet, hosts, count, command, options["check"], bench.clear)
        remark = "(d): no plan keeps connections beyond its run; within one, later phases find them open." if count == 20 else ""
        figures = bench.figures(cases, bench.rounds if count == 1 else half(bench), warm=False)
        tables.append(Table(f"(c) {len(hosts)} hosts x {count} step{'s' if count > 1 else ''}", figures, base=cases[0].name, remark=remark))
    return tables


def e_far(bench):
    """(e) One host, 20 steps, a round trip of 50 ms."""
    address, command = bench.fleet.delayed(50), bench.step
    inventory = f"[web]\nfar ansible_host={address} ansible_port={bench.fleet.port} ansible_ssh_common_args='-F \"{bench.fleet.config}\"'\n"
    folder = bench.deployfile("e", steps_task("twenty", 20, command), inventory, ["twenty"])
    options = dict(before=bench.clear, check=bench.counts(20))
    cases = [
        Case("ssh, 1 step (connect time)", ["ssh", "-F", bench.fleet.config, "-n", address, command], before=bench.clear, check=bench.counts(1)),
        bench.ours("twenty", folder=folder, **options),
        *bench.peers.steps(bench.write, "e-peers", bench.fleet, [address], 20, command, options["check"], bench.clear),
    ]
    bench.compiled(folder)
    return [Table("(e) One host, 20 steps, 50 ms round trip", bench.figures(cases, warm=False), base=cases[0].name, remark="3 round trips are 150 ms.")]


def f_many(bench):
    """(f) 100, 300 and 1,000 hosts at a fan-out of 100."""
    tables = []
    for count in (100, 300, 1000):
        folder = bench.deployfile(f"f{count}", steps_task("one", 1, bench.step), bench.fleet.inventory(count), ["one"])
        hosts = [bench.fleet.addresses[number % len(bench.fleet.addresses)] for number in range(count)]
        bench.write(f"f{count}/xargs-hosts", "".join(f"{host}\n" for host in hosts))
        options = dict(before=bench.clear, check=bench.counts(count))
        floor = f'xargs -P 100 -I HOST ssh -F "{bench.fleet.config}" -n HOST "{bench.step}" <{bench.folder}/f{count}/xargs-hosts'
        cases = [Case("xargs -P 100 ssh", ["sh", "-c", floor], **options), bench.ours("-j", "100", "one", folder=folder, watch=True, **options)]
        bench.compiled(folder)
        tables.append(Table(f"(f) {count} hosts x 1 step, fan-out 100", bench.figures(cases, half(bench), warm=False), base=cases[0].name))
    return tables


def g_engine(bench):
    """(g) The engine alone: a stand-in for ssh that runs the script here."""
    stand_in = bench.write("stand-in/ssh", """#!/bin/sh
while [ "$1" != -- ]; do shift; done
shift 2
exec /bin/sh -c "$*"
""")
    os.chmod(stand_in, 0o755)
    path = {"PATH": f"{os.path.dirname(stand_in)}:{os.environ['PATH']}"}
    tables = []
    for count in (100, 1000):
        folder = bench.deployfile(f"g{count}", steps_task("one", 1, bench.step), "[web]\n" + "".join(f"h{n:04}\n" for n in range(count)), ["one"])
        case = bench.ours("-j", "100", "one", folder=folder, before=bench.clear, check=bench.counts(count), environment=path, watch=True)
        tables.append(Table(f"(g) {count} hosts, the engine alone", bench.figures([case], half(bench))))
    return tables


def h_output(bench):
    """(h) 1 GB from one host; 100 hosts of 100,000 lines each."""
    big, lines = "yes $(printf %0999d 0) | head -c 1000000000", "yes 0123456789abcdef | head -n 100000"
    folder = bench.deployfile(
        "h", steps_task("big", 1, big) + "\n" + steps_task("lines", 1, lines), bench.fleet.inventory(1), ["big", "lines"])
    many = bench.deployfile("h100", steps_task("lines", 1, lines), bench.fleet.inventory(100), ["lines"])
    target, rounds = f"{bench.folder}/output", half(bench)
    for each in (folder, many):
        bench.compiled(each)
    hosts = [bench.fleet.addresses[number % len(bench.fleet.addresses)] for number in range(100)]
    bench.write("h100/xargs-hosts", "".join(f"{host}\n" for host in hosts))

    def tidy():
        shutil.rmtree(f"{bench.folder}/state", ignore_errors=True)

    def size(least):
        return lambda output: "" if os.path.getsize(target) >= least else f"printed {os.path.getsize(target)} bytes"

    floor = f'xargs -P 100 -I HOST ssh -F "{bench.fleet.config}" -n HOST "{lines}" <{bench.folder}/h100/xargs-hosts'
    one = [
        Case("ssh host command > file", ["ssh", "-F", bench.fleet.config, "-n", bench.fleet.addresses[0], big], output=target, check=size(10**9)),
        bench.ours("big", folder=folder, output=target, check=size(10**9), watch=True, after=tidy),
    ]
    hundred = [
        Case("xargs -P 100 ssh > file", ["sh", "-c", floor], output=target, check=size(17 * 10**7)),
        bench.ours("-j", "100", "lines", folder=many, output=target, check=size(17 * 10**7), watch=True, after=tidy),
    ]
    tables = [
        Table("(h) 1 GB from one host", bench.figures(one, rounds, warm=False), base=one[0].name),
        Table("(h) 100 hosts x 100,000 lines", bench.figures(hundred, rounds, warm=False), base=hundred[0].name)]
    os.unlink(target)
    return tables


def i_inventory(bench):
    """(i) An inventory of 10,000 hosts."""
    inventory = "[web]\n" + "".join(f"web{n:05}.example.com ansible_host=10.{n // 250 % 250}.{n % 250}.1 ansible_user=deploy\n" for n in range(10_000))
    folder = bench.deployfile("i", steps_task("deploy", 3, "echo \\(host: .name)").replace("\\\\(", "\\("), inventory, ["deploy"])
    said = lambda least: lambda output: "" if len(output) >= least else f"printed {len(output)} bytes"
    cases = [
        bench.ours("--plan", "deploy", name="--plan", folder=folder, watch=True, check=said(500)),
        bench.ours("--hosts", name="--hosts", folder=folder, watch=True, check=said(200_000)),
    ]
    return [Table("(i) An inventory of 10,000 hosts", bench.figures(cases))]


def j_files(bench):
    """(j) 100 MB to 20 hosts; 5,000 small files."""
    hosts, file, target = bench.fleet.addresses[:20], f"{bench.folder}/payload", f"{bench.fleet.remote}/arrived"
    subprocess.run(["sh", "-c", f'head -c 100000000 /dev/urandom >"{file}"'], check=True)
    tree = f"{bench.folder}/j/tree"
    for number in range(5000):
        bench.write(f"j/tree/{number % 50}/{number}", f"file {number}\n" * 20)
    # The hosts are this machine: each has a file of its own.
    tasks = 'let put = task("put", "Upload") { hosts("web") { upload("../payload", to: "' + target + '-\\(host: .name)") } }\n'
    tasks += 'let tree = task("tree", "Sync") { hosts("web[0]") { sync("tree/", to: "' + target + '-tree/") } }'
    folder = bench.deployfile("j", tasks, bench.fleet.inventory(20), ["put", "tree"])

    def clear():
        for name in os.listdir(bench.fleet.remote):
            path = os.path.join(bench.fleet.remote, name)
            shutil.rmtree(path) if os.path.isdir(path) else os.unlink(path)

    def arrived(output):
        sizes = [os.path.getsize(os.path.join(bench.fleet.remote, name)) for name in os.listdir(bench.fleet.remote) if name.startswith("arrived-")]
        return "" if sizes == [10**8] * 20 else f"arrived: {sizes}"

    def whole(output):
        count = sum(len(files) for _, _, files in os.walk(f"{target}-tree"))
        return "" if count == 5000 else f"{count} files arrived"

    bench.write("j/xargs-hosts", "".join(f"{host}\n" for host in hosts))
    floor = f'xargs -P 20 -I HOST %s <{bench.folder}/j/xargs-hosts'
    scp = floor % f'scp -q -F "{bench.fleet.config}" {file} HOST:{target}-HOST'
    rsync = floor % f"rsync -e 'ssh -F {bench.fleet.config}' --whole-file {file} HOST:{target}-HOST"
    one, rounds = bench.fleet.addresses[0], half(bench)
    bench.compiled(folder)
    options = dict(before=clear, check=arrived)
    puts = [
        Case("xargs -P 20 scp", ["sh", "-c", scp], **options), Case("xargs -P 20 rsync", ["sh", "-c", rsync], **options),
        bench.ours("-j", "20", "put", folder=folder, **options),
        bench.peers.put(bench.write, "j-put", bench.fleet, hosts, file, f"{target}-HOST", arrived, clear),
    ]
    trees = [
        Case("rsync -a", ["rsync", "-a", "-e", f"ssh -F {bench.fleet.config}", f"{tree}/", f"{one}:{target}-tree/"], before=clear, check=whole),
        bench.ours("tree", folder=folder, before=clear, check=whole),
    ]
    tables = [
        Table("(j) 100 MB to 20 hosts", bench.figures(puts, rounds, warm=False), base=puts[0].name),
        Table("(j) `sync` of 5,000 small files", bench.figures(trees), base=trees[0].name)]
    clear()
    os.unlink(file)
    return tables


def k_rolling(bench):
    """(k) A rolling restart over 40 hosts, one by one, with a health check."""
    hosts, restart, health = bench.fleet.addresses, 0.9, 0.1
    tasks = f"""let roll = task("roll", "Restart one by one") {{
  hosts("web") {{ serially {{
    restart(.command("sleep {restart}; {bench.step}"))
    waitFor(.command("sleep {health}"), within: .seconds(10))
  }} }}
}}"""
    folder = bench.compiled(bench.deployfile("k", tasks, bench.fleet.inventory(len(hosts)), ["roll"]))
    case = bench.ours("roll", folder=folder, before=bench.clear, check=bench.counts(len(hosts)))
    floor = Case(f"the sum of {len(hosts)} restarts and checks", ["sh", "-c", f"for n in $(seq {len(hosts)}); do sleep {restart}; sleep {health}; done"])
    return [Table(f"(k) A rolling restart over {len(hosts)} hosts", bench.figures([floor, case], 1, warm=False), base=floor.name)]


def l_live(bench):
    """(l) The live view: 1,000 hosts of which each takes a second, on a terminal of 80 x 24."""
    task = steps_task("wait", 1, "echo begun; sleep 1")
    folder = bench.compiled(bench.deployfile("l", task, "[web]\n" + "".join(f"h{n:04} ansible_connection=local\n" for n in range(1000)), ["wait"]))
    command = f"stty cols 80 rows 24; exec {bench.program} -f {folder}/Deployfile.swift -j 100 --format %s wait"
    cases = [
        Case(name, ["script", "-q", "-e", "-c", command % name, "/dev/null"], environment={"TERM": "xterm-256color"}, watch_child=True)
        for name in ("plain", "live")]
    remark = "What the picture costs is the difference of the processor's time, as a share of the whole time."
    return [Table("(l) The live view of 1,000 hosts", bench.figures(cases, half(bench)), base="plain", remark=remark)]


ALL = {
    "a": a_listing, "b": b_compiling, "c": c_hosts, "e": e_far, "f": f_many, "g": g_engine, "h": h_output, "i": i_inventory, "j": j_files, "k": k_rolling, "l": l_live,
}
