#!/bin/sh
# The story that test_chroot.sh tells, as a user without rights in a system without Python.
#   story.sh [PART...]     the parts are terminal and window; both without one
set -eu
[ $# -gt 0 ] || set -- terminal window
cd "$HOME"
mkdir -p shots photos
rm -rf out-*.png five results sharp pairs run  # of a story before this one
samples=/usr/lib/deblur/_internal/resources/samples
[ ! -d $samples ] || cp $samples/*_blurred.jpg photos/  # the part “run” has those of the others
say() { echo "== $*"; }
fail() { echo "FAILED: $*" >&2; exit 1; }

shot() { xwd -root -silent | convert xwd:- "shots/$1.png"; }
wait_for() { # NAME SECONDS: until the title of a window has the name
    tries=0
    until xdotool search --name "$1" >/dev/null 2>&1; do
        tries=$((tries + 1))
        [ $tries -lt $(($2 * 5)) ] || { shot failed; fail "no window “$1” after $2 s"; }
        sleep 0.2
    done
}

tell_terminal() {
    say "the terminal"
    deblur --version
    deblur --help >/dev/null
    for program in deblur-train deblur; do $program --help | head -3; done
    convert photos/cat_blurred.jpg -resize 160x120 photos/small.png

    say "each method"
    for method in $(deblur methods --json | sed -n 's/^{"name": "\([^"]*\)".*/\1/p'); do
        case $method in maxim*) continue ;; esac  # a network of others, which has to be added first
        begin=$(date +%s%N)
        # Some estimate the blur, some have to be given it.
        deblur restore photos/small.png --method "$method" -o "out-$method.png" >/dev/null 2>err \
            || deblur restore photos/small.png --method "$method" --psf motion:length=5,angle=25 -o "out-$method.png" >/dev/null \
            || fail "method $method: $(cat err)"
        [ -s "out-$method.png" ] || fail "method $method wrote nothing"
        echo "$method: $(( ($(date +%s%N) - begin) / 1000000 )) ms"
    done

    say "a batch of five"
    mkdir -p five
    for number in 1 2 3 4 5; do convert photos/coffee_blurred.jpg -crop "160x120+$((number * 30))+$((number * 20))" +repage "five/$number.png"; done
    deblur batch five --method wiener --jobs 2 -o results >batch.log 2>&1 || { tail -5 batch.log; fail "the batch"; }
    [ "$(ls results/*.png | wc -l)" = 5 ] || fail "the batch wrote $(ls results)"
    deblur batch five --method wiener --jobs 2 -o results >batch.log 2>&1 || fail "the batch a second time"
    [ "$(ls results/*.png | wc -l)" = 5 ] || fail "the batch did its photos again: $(ls results)"

    say "two epochs of training"
    mkdir -p sharp
    for number in 1 2 3 4 5 6 7 8; do
        convert $samples/coffee_sharp.jpg -crop "128x128+$((number * 20))+$((number * 10))" +repage "sharp/$number.png"
    done
    deblur-train make-pairs sharp --out pairs --count 16 >/dev/null
    begin=$(date +%s)
    deblur-train paper --data pairs --out run --epochs 2 --batch-size 8 >train.log 2>&1 || { tail -5 train.log; fail "training"; }
    echo "training: $(( $(date +%s) - begin )) s"
}

# The download for one user, in a system where the .deb is not installed.
tell_run() {
    say "the self-unpacking file"
    find . -type f | sort >/tmp/before-run
    begin=$(date +%s)
    sh /tmp/deblur.run >run.log 2>&1 || { tail -5 run.log; fail "the installer"; }
    echo "installing: $(( $(date +%s) - begin )) s"
    rm run.log
    grep -q "^Exec=\"$HOME/.local/bin/deblur-gui\" %F" .local/share/applications/org.deblur.Deblur.desktop || fail "the entry"
    .local/bin/deblur --version
    .local/bin/deblur restore photos/small.png --method wiener --psf motion:length=5,angle=25 -o out-run.png --overwrite >/dev/null
    [ -s out-run.png ] || fail "nothing restored"
    rm out-run.png
    sh .local/lib/deblur/uninstall.sh
    find . -type f | sort | diff /tmp/before-run - || fail "files are left, or gone"
}

tell_window() {
    say "the window"
    # A number that no other screen of the machine has: a root shares their sockets.
    rm -f display
    Xvfb -displayfd 3 -screen 0 1400x900x24 -nolisten tcp >/dev/null 2>&1 3>display &
    screen=$!
    until [ -s display ]; do sleep 0.2; done
    DISPLAY=:$(cat display)
    export DISPLAY
    # As the desktop does it for “open with”: the entry's own line, with the photo for %F.
    line=$(sed -n 's/^Exec=\(.*\) %F$/\1/p' /usr/share/applications/org.deblur.Deblur.desktop | head -1)
    begin=$(date +%s%N)
    $line "$HOME/photos/coffee_blurred.jpg" 2>window.log &
    window=$!
    wait_for "Deblur" 60
    echo "window: $(( ($(date +%s%N) - begin) / 1000000 )) ms"
    wait_for "coffee_blurred.jpg" 60
    sleep 25
    shot photo

    say "a second start"
    begin=$(date +%s%N)
    deblur-gui "$HOME/photos/cat_blurred.jpg" || fail "the second start"
    echo "second start: $(( ($(date +%s%N) - begin) / 1000000 )) ms"
    wait_for "cat_blurred.jpg" 60
    kill -0 $window || fail "the first window is gone"
    [ "$(pgrep -c -x deblur-gui)" -ge 1 ] || fail "no window"
    sleep 15
    shot second

    say "the end"
    kill -INT $window
    wait $window || true
    if [ -s window.log ]; then sed 's/^/stderr: /' window.log; fi

    say "a crash is told of"
    $line 2>/dev/null &
    window=$!
    wait_for "Deblur" 60
    sleep 6
    kill -SEGV $window
    wait $window 2>/dev/null || true
    $line 2>/dev/null &
    window=$!
    wait_for "Deblur" 60
    sleep 20
    shot crash
    kill -INT $window
    wait $window || true

    say "a home that cannot be written to"
    export HOME=/proc/1 XDG_RUNTIME_DIR=/proc/1
    cd /
    $line 2>/tmp/unwritable.log &
    window=$!
    wait_for "Deblur" 60
    sleep 10  # a shell lets its background processes ignore the signal until they ask for it
    kill -INT $window
    wait $window || true
    kill $screen
}

for part in "$@"; do
    "tell_$part"
done
echo "The user's part passed."
