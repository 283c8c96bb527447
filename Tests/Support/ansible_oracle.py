"""What Ansible itself makes of many inventories and patterns, in one process: starting `ansible` once per row would take minutes.

Reads {"inventories": [{"path": ..., "patterns": [...]}]} and prints, for each, {"list": what `ansible-inventory --list` prints,
"order": hosts of `all` in order, "groups": [[name, [hosts]]], "patterns": [[hosts] or null]}, or {"error": ...}.
"""
import json
import sys

import ansible.inventory.group
from ansible.cli.inventory import InventoryCLI
from ansible.inventory.manager import InventoryManager
from ansible.parsing.dataloader import DataLoader
from ansible.vars.manager import VariableManager


class OrderedSet(dict):
    """Ansible walks sets of groups, whose order follows memory addresses; here it is the order of insertion: one of the possible ones."""

    def __init__(self, items=()):
        super().__init__((item, None) for item in items)

    def add(self, item):
        self[item] = None

    def update(self, items):
        for item in items:
            self[item] = None

    def difference_update(self, items):
        for item in items:
            self.pop(item, None)

    def copy(self):
        return OrderedSet(self)


def select(inventory, pattern):
    try:
        return [host.name for host in inventory.list_hosts(pattern)]
    except Exception:
        return None


def answer(cli, request):
    cli.loader = DataLoader()
    cli.inventory = InventoryManager(cli.loader, sources=[request["path"]])
    cli.vm = VariableManager(cli.loader, cli.inventory)
    return {
        "list": json.loads(cli.dump(cli.json_inventory(cli._get_group("all")))),
        "order": [host.name for host in cli.inventory.get_hosts("all")],
        "groups": [[name, [host.name for host in group.get_hosts()]] for name, group in cli.inventory.groups.items()],
        "patterns": [select(cli.inventory, pattern) for pattern in request["patterns"]],
    }


def main():
    ansible.inventory.group.set = OrderedSet
    cli = InventoryCLI(["ansible-inventory", "--list"])
    cli.parse()
    answers = []
    for request in json.load(sys.stdin)["inventories"]:
        try:
            answers.append(answer(cli, request))
        except Exception as error:
            answers.append({"error": str(error)})
    json.dump(answers, sys.stdout)


main()
