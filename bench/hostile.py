#!/usr/bin/env python3
# hostile.py FOLDER [PERZEPTRON-CLI]    what hostile files cost: peak memory and time of each, as a table
#
# FOLDER holds files and folders made to crash, to fill the memory or to take for ever; each is
# opened with every command that takes such a one: info, train, evaluate and predict. Memory is the
# sum over the program and the process that decodes its pictures, sampled every 5 ms; time is that of
# the processor, which other programs do not lengthen, and that of the clock. Each is limited to
# 60 s. Exit status 1 where one costs more than 300 MB or 5 s of the processor, or ends by a signal.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import os
import subprocess
import sys
import tempfile
import time

MAX_MB = 300
MAX_SECONDS = 5
TIMEOUT = 60
TICK = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


def tree(pid):
    """The process and its descendants."""
    pids = [pid]
    for task in list_names(f"/proc/{pid}/task"):
        try:
            with open(f"/proc/{pid}/task/{task}/children") as file:
                for child in file.read().split():
                    pids += tree(int(child))
        except OSError:
            pass
    return pids


def list_names(folder):
    try:
        return os.listdir(folder)
    except OSError:
        return []


def look(pid):
    """Resident bytes and seconds of the processor."""
    try:
        with open(f"/proc/{pid}/statm") as file:
            resident = int(file.read().split()[1]) * PAGE
        with open(f"/proc/{pid}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return resident, (int(fields[11]) + int(fields[12])) / TICK
    except (OSError, IndexError):
        return 0, 0.0


def measure(command):
    begun = time.monotonic()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        peak, seconds = 0, {}
        while process.poll() is None:
            looks = {pid: look(pid) for pid in tree(process.pid)}
            peak = max(peak, sum(resident for resident, _ in looks.values()))
            for pid, (_, used) in looks.items():
                seconds[pid] = max(seconds.get(pid, 0.0), used)
            if time.monotonic() - begun > TIMEOUT:
                process.kill()
            time.sleep(0.005)
        output.seek(0)
        words = output.read().decode(errors="replace").strip().splitlines()
    return peak / 1e6, sum(seconds.values()), time.monotonic() - begun, process.returncode, words[-1] if words else ""


def main():
    if len(sys.argv) < 2 or not os.path.isdir(sys.argv[1]):
        sys.exit("Usage: hostile.py FOLDER [PERZEPTRON-CLI]")
    folder = sys.argv[1]
    cli = sys.argv[2] if len(sys.argv) > 2 else "_build/src/cli/perzeptron-cli"
    status = 0

    with tempfile.TemporaryDirectory() as scratch:
        model = os.path.join(scratch, "model.perz")
        out = os.path.join(scratch, "out.perz")
        subprocess.run([cli, "train", "builtin:digits", "--limit", "200", "--epochs", "1", "--out", model],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

        print("| file | command | MB | s of processor | s | exit | says |\n|---|---|---|---|---|---|---|")
        for name in sorted(os.listdir(folder)):
            path = os.path.join(folder, name)
            commands = {
                "info": ["info", path],
                "train": ["train", path, "--epochs", "1", "--out", out],
                "evaluate": ["evaluate", path if name.endswith(".perz") else model, "builtin:digits" if name.endswith(".perz") else path],
                "predict": ["predict", path, path] if name.endswith(".perz") else ["predict", model, path],
            }
            for what, arguments in commands.items():
                megabytes, processor, clock, code, words = measure([cli] + arguments)
                bad = megabytes > MAX_MB or processor > MAX_SECONDS or code < 0
                status |= bad
                print(f"| {name} | {what} | {megabytes:.0f} | {processor:.1f} | {clock:.1f} | {code}{' (!)' if bad else ''} | {words[:100]} |",
                      flush=True)

    sys.exit(status)


main()
