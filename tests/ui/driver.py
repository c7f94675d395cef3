# driver.py: drives the real window as a person would.
#
# Widgets are found on the accessibility bus by role and name; then the synthetic mouse and keyboard
# of the X display act where they are. Nothing here sleeps for a fixed time to let something
# happen: wait() asks until it has.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import os
import shutil
import signal
import subprocess
import sys
import time
import warnings

warnings.simplefilter('ignore', DeprecationWarning)

try:
    import gi
    gi.require_version('Atspi', '2.0')
    from gi.repository import Atspi
except (ImportError, ValueError) as error:
    print(f'1..0 # SKIP no accessibility bindings for Python: {error}')
    sys.exit()

for program in 'xdotool', 'xprop':
    if not shutil.which(program):
        print(f'1..0 # SKIP {program} is not installed')
        sys.exit()

# Bounds of waits are there for what never comes; a busy machine must not reach them.
PATIENCE = 8 * max(1.0, float(os.environ.get('PERZEPTRON_TEST_PATIENCE', 1)))

Atspi.set_timeout(int(3000 * PATIENCE), int(15000 * PATIENCE))


def xdotool(*arguments):
    subprocess.run(['xdotool', *map(str, arguments)], check=True)


def wait(ask, what, seconds=15):
    """Asks until the answer is true, and returns it. Objects may vanish while we look."""
    seconds *= PATIENCE
    end = time.monotonic() + seconds
    while True:
        try:
            answer = ask()
        except Exception as error:
            answer, what_else = None, error
        else:
            what_else = answer
        if answer:
            return answer
        if time.monotonic() > end:
            raise AssertionError(f'waited {seconds:.0f} s for {what} (last: {what_else!r})')
        time.sleep(0.03)


class Node:
    """A widget, as the accessibility bus tells it."""

    def __init__(self, accessible, window):
        self.accessible, self.window = accessible, window

    def __repr__(self):
        return f'<{self.role} {self.name!r}>'

    @property
    def role(self):
        role = self.accessible.get_role_name()
        return {'button': 'push button'}.get(role, role)     # as it is called from AT-SPI 2.54 on

    @property
    def name(self):
        return self.accessible.get_name() or ''

    @property
    def description(self):
        return self.accessible.get_description() or ''

    @property
    def states(self):
        return {state.value_nick for state in self.accessible.get_state_set().get_states()}

    @property
    def sensitive(self):
        return 'sensitive' in self.states

    @property
    def text(self):
        text = self.accessible.get_text_iface()
        return Atspi.Text.get_text(text, 0, Atspi.Text.get_character_count(text)) if text else self.name

    @property
    def value(self):
        return Atspi.Value.get_current_value(self.accessible.get_value_iface())

    @property
    def extents(self):
        """x, y, width, height in its window; None where it is not on the screen."""
        component = self.accessible.get_component_iface()
        box = component.get_extents(Atspi.CoordType.WINDOW) if component else None
        return (box.x, box.y, box.width, box.height) if box and box.width > 0 and box.height > 0 else None

    def walk(self):
        yield self
        for i in range(self.accessible.get_child_count()):
            child = self.accessible.get_child_at_index(i)
            if child:
                yield from Node(child, self.window).walk()

    def find_all(self, role=None, name=None, shown=True):
        """@name: a string, or a function of the name."""
        for node in self.walk():
            if role is not None and node.role != role:
                continue
            if name is not None and not (name(node.name) if callable(name) else node.name == name):
                continue
            if not shown or node.extents or node.role in ('frame', 'dialog'):
                yield node

    def has(self, role=None, name=None, shown=True):
        return next(self.find_all(role, name, shown), None)

    def find(self, role=None, name=None, shown=True, seconds=15):
        return wait(lambda: self.has(role, name, shown), f'{role} {name!r}', seconds)

    def surface(self):
        """What it is drawn in: a popover, which is an X window of its own, or the top level."""
        node = self
        while True:
            if node.role in ('frame', 'dialog', 'alert', 'window') or \
               (node.name.startswith('GtkPopover') and node.name != 'GtkPopoverContent'):
                return node
            parent = node.accessible.get_parent()
            if not parent or parent.get_role_name() in ('application', 'desktop frame'):
                return node
            node = Node(parent, self.window)

    def place(self, fx=0.5, fy=0.5):
        """A point of it on the screen, as fractions of its size."""
        surface = self.surface()
        x, y, width, height = self.extents
        sx, sy, sw, sh = surface.extents
        ox, oy = self.window.origin(sw, sh)
        return round(ox + x - sx + width * fx), round(oy + y - sy + height * fy)

    def click(self, fx=0.5, fy=0.5, button=1):
        xdotool('mousemove', '--sync', *self.place(fx, fy), 'click', button)

    def do(self, action):
        """One of its actions, by its name."""
        iface = self.accessible.get_action_iface()
        names = [Atspi.Action.get_action_name(iface, i) for i in range(iface.get_n_actions())]
        Atspi.Action.do_action(iface, names.index(action))

    def scroll_to(self, node):
        """Turns the wheel over this pane until the node is inside it."""
        xdotool('mousemove', '--sync', *self.place(0.5, 0.98))
        for _ in range(100):
            top, height = self.extents[1], self.extents[3]
            y, h = node.extents[1], node.extents[3]
            if top <= y and y + h <= top + height:
                return node
            xdotool('click', 5 if y > top else 4)
            wait(lambda: node.extents[1] != y, 'the pane to scroll', 3)
        raise AssertionError(f'{node!r} cannot be scrolled to')

    def type(self, text):
        """Replaces what is in it."""
        self.click()
        xdotool('key', 'ctrl+a', 'key', 'Delete')
        xdotool('type', '--delay', '8', '--', text)

    def drag(self, points, step=0.01):
        """A stroke of the mouse through points given as fractions of its size."""
        box = self.place(0, 0) + self.place(1, 1)
        at = lambda p: (round(box[0] + p[0] * (box[2] - box[0])), round(box[1] + p[1] * (box[3] - box[1])))
        xdotool('mousemove', '--sync', *at(points[0]), 'mousedown', 1)
        for point in points[1:]:
            xdotool('mousemove', *at(point))
            time.sleep(step)    # a hand has a speed; every event of it arrives
        xdotool('mouseup', 1)


class Window(Node):
    """The program, started; its one window."""

    def __init__(self, program, *arguments, environment=None):
        self.started = time.monotonic()
        self.process = subprocess.Popen([program, *arguments],
                                        env={**os.environ, 'GTK_A11Y': 'atspi', **(environment or {})})
        self.window = self
        self.accessible = wait(self._look_up, 'the program on the accessibility bus', 20)
        self.find('frame')
        self.appeared = time.monotonic()
        found = wait(lambda: subprocess.run(['xdotool', 'search', '--onlyvisible', '--pid', str(self.process.pid)],
                                            capture_output=True, text=True).stdout.split(), 'an X window')
        self.xid = found[-1]
        subprocess.run(['xdotool', 'windowfocus', self.xid])

    def _look_up(self):
        assert self.process.poll() is None, f'the program ended with status {self.process.returncode}'
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(i)
            if child and child.get_process_id() == self.process.pid and child.get_child_count():
                return child

    def origin(self, width, height):
        """Where on the screen the widget of a surface begins; its X window is larger by a frame."""
        best = None
        ids = subprocess.run(['xdotool', 'search', '--onlyvisible', '--name', '.'],
                             capture_output=True, text=True).stdout.split()
        for xid in ids:
            shell = subprocess.run(['xdotool', 'getwindowgeometry', '--shell', xid],
                                   capture_output=True, text=True).stdout
            at = {k: int(v) for k, v in (line.split('=') for line in shell.split() if '=' in line)}
            if not at:
                continue
            dx, dy = at['WIDTH'] - width, at['HEIGHT'] - height
            if 0 <= dx <= 140 and 0 <= dy <= 140 and (best is None or dx + dy < best[0]):
                left, top = dx // 2, dy // 2
                frame = subprocess.run(['xprop', '-id', xid, '_GTK_FRAME_EXTENTS'],
                                       capture_output=True, text=True).stdout
                if '=' in frame:
                    numbers = [int(n) for n in frame.split('=')[1].split(',')]
                    if any(numbers):
                        left, top = numbers[0], numbers[2]
                best = (dx + dy, at['X'] + left, at['Y'] + top)
        assert best, f'no X window of {width} × {height}'
        return best[1:]

    def choose(self, path):
        """Types a path into the file chooser that has just been asked for, and waits until it is gone.

        GTK 4.8 loses the accessibility bus when it is asked about a file chooser; so only the X display
        is asked here."""
        windows = lambda: set(subprocess.run(['xdotool', 'search', '--onlyvisible', '--pid', str(self.process.pid)],
                                             capture_output=True, text=True).stdout.split())
        chooser = wait(lambda: windows() - {self.xid}, 'the file chooser').pop()
        subprocess.run(['xdotool', 'windowfocus', '--sync', chooser], check=True)
        xdotool('key', '--window', chooser, 'ctrl+a')
        xdotool('type', '--delay', '8', '--', path)
        # GTK 4.18 may complete what was typed, and leaves the rest behind the cursor.
        xdotool('key', 'shift+End', 'key', 'Delete', 'key', 'Return')
        wait(lambda: chooser not in windows(), 'the file chooser to close')
        subprocess.run(['xdotool', 'windowfocus', self.xid])

    def resize(self, width, height):
        xdotool('windowsize', '--sync', self.xid, width, height)

    def key(self, *keys):
        for key in keys:
            xdotool('key', '--clearmodifiers', key)

    def resident(self):
        """Memory in use, in MB."""
        with open(f'/proc/{self.process.pid}/status') as status:
            return next(int(line.split()[1]) for line in status if line.startswith('VmRSS')) / 1024

    def shot(self, path):
        """A picture of the screen around the window; needs ImageMagick."""
        subprocess.run(['import', '-window', self.xid, path], check=True)

    def close(self, seconds=10):
        """Asks the program to end, and returns its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(seconds * PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
