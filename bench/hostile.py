#!/usr/bin/env python3
# hostile.py FOLDER [PERZEPTRON-CLI]       what hostile files cost: peak memory and time of each, as a table
# hostile.py FOLDER --window [PERZEPTRON]  the same of the window, and how long it takes to close while it opens them
#
# FOLDER holds files and folders made to crash, to fill the memory or to take for ever; each is
# opened with every command that takes such a one: info, train, evaluate and predict, those of
# molecules (told by the name: .xyz, .sdf, .csv) by a network of molecules. Memory is the sum over the
# program and the process that decodes its pictures, sampled every 5 ms; time is that of the
# processor, which other programs do not lengthen, and that of the clock. Each is limited to 60 s.
# Exit status 1 where one costs more than 300 MB or 5 s of the processor, or ends by a signal.
#
# --window (on a display of its own: tests/with-display.sh python3 bench/hostile.py FOLDER --window) opens each in the window and asks that to
# end some seconds after it is there: as a window manager closes it (0.1), by Ctrl+Q (1), by SIGTERM
# (0.3); and with a file chooser, and with the questions about unsaved work, open. Exit status 1
# where it is not gone after 2 s, or takes more than 300 MB beyond those of a start without a file.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

MAX_MB = 300
MAX_SECONDS = 5
MAX_CLOSING = 2
TIMEOUT = 60
TICK = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
WAYS = ("close", 0.1), ("quit", 1.0), ("terminate", 0.3)
MOLECULES = ".xyz", ".sdf", ".csv"


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


class Watch:
    """A program and its children: the most memory, and all time of the processor."""

    def __init__(self, command, **options):
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, **options)
        self.begun = time.monotonic()
        self.peak, self.seconds = 0, {}

    def look(self):
        looks = {pid: look(pid) for pid in tree(self.process.pid)}
        self.peak = max(self.peak, sum(resident for resident, _ in looks.values()))
        for pid, (_, used) in looks.items():
            self.seconds[pid] = max(self.seconds.get(pid, 0.0), used)

    def wait(self, seconds, until=lambda: False):
        """Until it is gone, or something is so. Returns the seconds, or None where neither comes."""
        begun = time.monotonic()
        while self.process.poll() is None and not until():
            self.look()
            if time.monotonic() - begun > seconds:
                return None
            time.sleep(0.005)
        return time.monotonic() - begun

    @property
    def megabytes(self):
        return self.peak / 1e6

    @property
    def processor(self):
        return sum(self.seconds.values())


def measure(command):
    with tempfile.TemporaryFile() as output:
        watch = Watch(command, stdout=output, stderr=output)
        if watch.wait(TIMEOUT) is None:
            watch.process.kill()
            watch.process.wait()
        clock = time.monotonic() - watch.begun
        output.seek(0)
        words = output.read().decode(errors="replace").strip().splitlines()
    return watch.megabytes, watch.processor, clock, watch.process.returncode, words[-1] if words else ""


def run_commands(folder, cli):
    bad_any = False

    with tempfile.TemporaryDirectory() as scratch:
        os.environ["XDG_CACHE_HOME"] = os.path.join(scratch, "cache")
        out = os.path.join(scratch, "out.perz")
        digits, molecules = (os.path.join(scratch, name) for name in ("digits.perz", "molecules.perz"))
        features = ["--features", "coulomb-matrix", "--target", "gap"]
        short = ["--hidden", "10", "--epochs", "1"]
        for source, model, more in ("digits", digits, []), ("molecules", molecules, features):
            subprocess.run([cli, "train", f"builtin:{source}", "--limit", "200", "--out", model, *more, *short],
                           check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

        print("| file | command | MB | s of processor | s | exit | says |\n|---|---|---|---|---|---|---|")
        for name in sorted(os.listdir(folder)):
            path = os.path.join(folder, name)
            is_model = name.endswith(".perz")
            of_molecules = any(end in name for end in MOLECULES) and not is_model
            model = molecules if of_molecules else digits
            commands = {
                "info": ["info", path],
                "train": ["train", path, "--out", out, *short, *(features if of_molecules else [])],
                "evaluate": ["evaluate", path, "builtin:digits"] if is_model else ["evaluate", model, path],
                "predict": ["predict", path if is_model else model, path],
            }
            if ".csv" in name:
                commands["train"][commands["train"].index("coulomb-matrix")] = "composition"
            for what, arguments in commands.items():
                shutil.rmtree(os.environ["XDG_CACHE_HOME"], ignore_errors=True)
                megabytes, processor, clock, code, words = measure([cli, *arguments])
                bad = megabytes > MAX_MB or processor > MAX_SECONDS or code < 0
                bad_any |= bad
                print(f"| {name} | {what} | {megabytes:.0f} | {processor:.1f} | {clock:.1f} | {code}{' (!)' if bad else ''} "
                      f"| {words[:100]} |", flush=True)

    return bad_any


def xdotool(*arguments):
    return subprocess.run(["xdotool", *map(str, arguments)], capture_output=True, text=True).stdout.split()


def delete_window(window):
    """WM_DELETE_WINDOW, as a window manager sends it."""
    class Message(ctypes.Structure):
        _fields_ = [("type", ctypes.c_int), ("serial", ctypes.c_ulong), ("send_event", ctypes.c_int), ("display", ctypes.c_void_p),
                    ("window", ctypes.c_ulong), ("message_type", ctypes.c_ulong), ("format", ctypes.c_int),
                    ("data", ctypes.c_long * 5), ("padding", ctypes.c_long * 16)]

    x = ctypes.CDLL("libX11.so.6")
    x.XOpenDisplay.restype = ctypes.c_void_p
    x.XInternAtom.restype = ctypes.c_ulong
    display = ctypes.c_void_p(x.XOpenDisplay(None))
    atom = lambda name: x.XInternAtom(display, name, 0)
    message = Message(33, 0, 1, display, window, atom(b"WM_PROTOCOLS"), 32, (ctypes.c_long * 5)(atom(b"WM_DELETE_WINDOW"), 0))
    x.XSendEvent(display, ctypes.c_ulong(window), 0, ctypes.c_long(0), ctypes.byref(message))
    x.XCloseDisplay(display)


class Program(Watch):
    """The window, started with or without a file."""

    def __init__(self, program, *arguments):
        self.work = tempfile.TemporaryDirectory()
        environment = {**os.environ, **{f"XDG_{name}_HOME": os.path.join(self.work.name, name)
                                        for name in ("CACHE", "DATA", "STATE")}}
        super().__init__([program, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
        if self.wait(TIMEOUT, self.windows) is None:
            self.process.kill()
            sys.exit(f"{program} {' '.join(arguments)}: there is no window")

    def windows(self):
        """From the oldest to the newest."""
        return sorted(xdotool("search", "--onlyvisible", "--pid", self.process.pid), key=int)

    def key(self, window, *keys):
        xdotool("windowfocus", window)
        xdotool("key", "--clearmodifiers", *keys)

    def close(self):
        for window in reversed(self.windows()):
            delete_window(int(window))

    def quit(self):
        *others, newest = self.windows()
        if others:
            self.key(newest, "Escape")
        for window in self.windows()[:1]:
            self.key(window, "ctrl+q")

    def answer(self):
        """Discards, where it asks whether to save data that were opened or a network."""
        windows = self.windows()
        if len(windows) > 1:
            self.key(windows[-1], "alt+d")

    def stop(self):
        """Answers the question whether to stop the training."""
        self.key(self.windows()[-1], "alt+s")

    def terminate(self):
        self.process.send_signal(signal.SIGTERM)

    def end(self, way):
        """Asks it to end; the seconds until it is gone, None where it stays."""
        begun = time.monotonic()
        getattr(self, way)()
        taken = None
        while taken is None and time.monotonic() < begun + 4 * MAX_CLOSING:
            if self.wait(0.2) is not None:
                taken = time.monotonic() - begun
            else:
                self.answer()
        self.process.kill()
        self.process.wait()
        self.work.cleanup()
        return taken


def run_windows(folder, program):
    bad_any = False

    def report(what, way, delay, watch):
        nonlocal bad_any
        megabytes = watch.megabytes
        taken = watch.end(way)
        bad = taken is None or taken > MAX_CLOSING or megabytes > MAX_MB + plain or watch.process.returncode not in (0, -9)
        bad_any |= bad
        print(f"| {what} | {way} | {delay} | {megabytes:.0f} | {watch.processor:.1f} | "
              f"{'stays' if taken is None else f'{taken:.2f}'}{' (!)' if bad else ''} |", flush=True)

    print("| file | asked by | s after the window | MB | s of processor | s until it is gone |\n|---|---|---|---|---|---|")
    plain = 0
    watch = Program(program)
    watch.wait(1.0)
    plain, plain_seconds = watch.megabytes, watch.processor
    report("(none)", "close", 1.0, watch)

    for name in sorted(os.listdir(folder)):
        for way, delay in WAYS:
            watch = Program(program, os.path.join(folder, name))
            watch.wait(delay)
            report(name, way, delay, watch)

    for way, _ in WAYS:
        watch = Program(program)
        watch.key(watch.windows()[0], "ctrl+o")
        watch.wait(TIMEOUT, lambda: len(watch.windows()) > 1)
        report("(a file chooser)", way, "", watch)

    watch = Program(program)
    watch.wait(TIMEOUT, lambda: (watch.key(watch.windows()[0], "ctrl+t"), watch.processor > 2 + plain_seconds)[1])
    watch.close()
    watch.wait(TIMEOUT, lambda: len(watch.windows()) > 1)
    report("(questions, in training)", "stop", "", watch)

    return bad_any


def main():
    arguments = sys.argv[1:]
    if not arguments or not os.path.isdir(arguments[0]):
        sys.exit("Usage: hostile.py FOLDER [PERZEPTRON-CLI | --window [PERZEPTRON]]")
    if arguments[1:2] == ["--window"]:
        bad = run_windows(arguments[0], arguments[2] if arguments[2:] else "_build/src/app/perzeptron")
    else:
        bad = run_commands(arguments[0], arguments[1] if arguments[1:] else "_build/src/cli/perzeptron-cli")
    sys.exit(bad)


main()
