#!/bin/bash
# with-display.sh PROGRAM [ARGUMENTS]: runs a test on a private X display and session bus.
set -u
if [ -z "${WITH_DISPLAY_INNER:-}" ]; then
  # Before the bus: what it starts, as the one for accessibility, has its socket there, and
  # another test's must not take its place.
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  mkdir -p "$work"/{config/gtk-4.0,data,cache,state}
  mkdir -m 700 "$work/run"
  export WITH_DISPLAY_INNER=$work XDG_CONFIG_HOME=$work/config XDG_DATA_HOME=$work/data \
    XDG_CACHE_HOME=$work/cache XDG_STATE_HOME=$work/state XDG_RUNTIME_DIR=$work/run
  unset WAYLAND_DISPLAY

  # What the services of the bus print is not part of the test's output.
  dbus-run-session -- "$0" "$@" 5>&1 >&2
  exit
fi

work=$WITH_DISPLAY_INNER
mkfifo "$work/display"
# The server picks a free number and says it once it is ready: no race.
Xvfb -displayfd 3 -screen 0 1280x1024x24 -nolisten tcp -noreset -dpi 96 3>"$work/display" 2>/dev/null &
server=$!
trap 'kill $server 2>/dev/null; wait $server 2>/dev/null' EXIT
read -r -t 120 number <"$work/display" || { echo "Bail out! Xvfb did not start"; exit 99; }

printf '[Settings]\ngtk-font-name=Cantarell 11\ngtk-enable-animations=0\ngtk-cursor-blink=0\n' >"$work/config/gtk-4.0/settings.ini"
export DISPLAY=:$number GDK_BACKEND=x11
"$@" >&5
