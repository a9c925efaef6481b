#!/bin/bash
# Installs the .deb, and the .run where it is given, in a bare Debian 12 without Python, and goes through what a photographer does with it:
# a window with a photo from “open with”, each method, a batch, two epochs of training, a second start, the removal.
#
#   sudo packaging/test_chroot.sh dist/deblur_VERSION_amd64.deb [dist/Deblur-VERSION-x86_64.run] [OUT]
#
# DEBLUR_STORY names the part of packaging/story.sh to go through, terminal or window; both without it.
#
# Needs root, debootstrap, a mirror of Debian's packages and 5 GB. The root is kept in $DEBLUR_CHROOT (default
# build/package/bookworm) and made anew where it is missing. Screenshots and logs go to OUT (default build/package/story).
set -euo pipefail
# Mounts of its own, which end with it and do not show outside.
if [ -z "${DEBLUR_STORY_INSIDE:-}" ]; then
    DEBLUR_STORY_INSIDE=1 exec unshare --mount --propagation private bash "$0" "$@"
fi
deb=$(readlink -f "${1:?the path of the .deb}")
run=
case ${2:-} in *.run) run=$(readlink -f "$2"); shift ;; esac
here=$(dirname "$(readlink -f "$0")")
out=${2:-$here/../build/package/story}
root=${DEBLUR_CHROOT:-$here/../build/package/bookworm}
mirror=${DEBIAN_MIRROR:-http://deb.debian.org/debian}
mkdir -p "$out"
out=$(readlink -f "$out")

if [ ! -e "$root/bin/sh" ]; then
    debootstrap --variant=minbase bookworm "$root" "$mirror"
fi
root=$(readlink -f "$root")
cp /etc/resolv.conf "$root/etc/resolv.conf"
mkdir -p "$root/proc" "$root/dev"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount -t tmpfs tmpfs "$root/dev/shm"

# Nothing of this machine but PATH; the locale that a desktop has.
inside() {
    env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive chroot "$root" "$@"
}

cp "$deb" "$root/tmp/deblur.deb"
inside apt-get -q update
# The screen, and tools to look at it; none of them is a part of Deblur.
inside apt-get -q install -y --no-install-recommends xvfb xauth xdotool x11-apps imagemagick procps
inside sh -c 'find / -xdev \( -type f -o -type l \) -not -path "/var/*" -not -path "/tmp/*" | sort >/tmp/before'
inside apt-get -q install -y --no-install-recommends /tmp/deblur.deb
if inside sh -c 'command -v python3'; then
    echo "There is a Python in the root: it proves nothing." >&2
    exit 1
fi
inside useradd -m anna 2>/dev/null || true
cp "$here/story.sh" "$root/home/anna/story.sh"
rm -rf "$root/home/anna/shots"
status=0
inside su - anna -c "LANG=C.UTF-8 sh /home/anna/story.sh ${DEBLUR_STORY:-}" 2>&1 | tee "$out/story.log" || status=$?
cp "$root"/home/anna/shots/* "$out/" 2>/dev/null || true
[ "$status" = 0 ] || exit "$status"

echo "== removing"
inside sh -c 'find /home/anna -type f | sort >/tmp/users-before'
inside apt-get -q purge -y deblur
inside apt-get -q autoremove -y --purge
inside sh -c 'find / -xdev \( -type f -o -type l \) -not -path "/var/*" -not -path "/tmp/*" -not -path "/home/*" | sort >/tmp/after'
inside sh -c 'find /home/anna -type f | sort >/tmp/users-after; cmp /tmp/users-before /tmp/users-after'
# Lists that the system keeps of what all programs give, in files that were there before.
left=$(comm -13 "$root/tmp/before" "$root/tmp/after" | grep -i deblur || true)
if [ -n "$left" ]; then
    printf 'Left behind:\n%s\n' "$left" >&2
    exit 1
fi
if [ -n "$run" ]; then
    inside apt-get -q install -y --no-install-recommends xz-utils libegl1  # every desktop has them
    cp "$run" "$root/tmp/deblur.run"
    inside su - anna -c "LANG=C.UTF-8 sh /home/anna/story.sh run" 2>&1 | tee -a "$out/story.log"
fi
echo "The story passed. Screenshots: $out"
