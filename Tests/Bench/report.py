"""Writes figures as Markdown and JSON."""

import json


def said(seconds):
    return f"{seconds * 1000:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"


def markdown(machine, tables):
    lines = [*machine, ""]
    for table in tables:
        base = table.figure(table.base).median if table.base and table.figure(table.base) else None
        shows_cost = any(figure.memory for figure in table.figures)
        lines += [f"### {table.title}", ""]
        lines.append("| what | median | ratio | runs |" + (" processor | memory | threads |" if shows_cost else ""))
        lines.append("|---|---:|---:|---:|" + ("---:|---:|---:|" if shows_cost else ""))
        for figure in table.figures:
            if figure.median is None:
                words = figure.problem.replace("|", "\\|").replace("`", "'")
                lines.append(f"| {figure.name} | failed: {words} | | |" + (" | | |" if shows_cost else ""))
                continue
            ratio = f"{figure.median / base:.2f}x" if base else ""
            row = f"| {figure.name} | {said(figure.median)} | {ratio} | {len(figure.seconds)} |"
            if shows_cost:
                row += f" {said(figure.processor)} | {figure.memory / 1024:.1f} MB | {figure.threads} |" if figure.memory else " | | |"
            lines.append(row)
        lines += ["", *([table.remark, ""] if table.remark else [])]
    return "\n".join(lines)


def as_json(machine, tables):
    return json.dumps(
        {
            "machine": machine,
            "tables": [
                {
                    "title": table.title,
                    "figures": [
                        {
                            "name": figure.name, "median": figure.median, "seconds": figure.seconds, "problem": figure.problem, "processor": figure.processor,
                            "memoryKiB": figure.memory, "threads": figure.threads,
                        } for figure in table.figures
                    ],
                } for table in tables
            ],
        }, indent=1) + "\n"
