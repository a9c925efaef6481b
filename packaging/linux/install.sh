#!/bin/sh
# Installs Deblur for one user, in ~/.local; `sh Deblur.run -- --prefix DIR` takes another place. Needs no rights of root.
set -eu
prefix=${HOME:?}/.local
if [ "${1:-}" = "--prefix" ]; then
    prefix=${2:?"--prefix needs a folder"}
fi
here=$(dirname "$(readlink -f "$0")")
mkdir -p "$prefix"
prefix=$(readlink -f "$prefix")
if [ -e "$prefix/lib/deblur/uninstall.sh" ]; then
    sh "$prefix/lib/deblur/uninstall.sh" >/dev/null
elif [ -e "$prefix/lib/deblur" ]; then
    echo "Deblur is not installed: $prefix/lib/deblur is there already, and not of this installer." >&2
    exit 1
fi
if [ -e "$here"/data.tar.xz ] && ! command -v xz >/dev/null; then
    echo "Deblur is not installed: the program xz, which unpacks it, is missing. Install xz-utils (or xz), then start again." >&2
    exit 1
fi
mkdir -p "$prefix/lib" "$prefix/bin" "$prefix/share"
new=$prefix/lib/deblur.new
rm -rf "$new"
mkdir "$new"
trap 'rm -rf "$new"' EXIT
tar -xf "$here"/data.tar.* -C "$new" --exclude=./usr/bin --exclude=./usr/share/doc --exclude=./usr/share/lintian
mv "$new/usr/lib/deblur" "$prefix/lib/deblur"
cp "$here/uninstall.sh" "$prefix/lib/deblur/uninstall.sh"
if [ ! -e "$prefix/share/mime" ]; then
    touch "$prefix/lib/deblur/made-mime"
fi
(cd "$new/usr" && find share -type f) >"$prefix/lib/deblur/installed-files"
(cd "$new/usr" && tar -cf - share) | (cd "$prefix" && tar -xf -)
for program in deblur deblur-gui deblur-train; do
    ln -sf "../lib/deblur/$program" "$prefix/bin/$program"
done
entry=$prefix/share/applications/org.deblur.Deblur.desktop
# The entry starts the program by its path: not every desktop has ~/.local/bin on its own.
escaped=$(printf '%s' "$prefix/bin/deblur-gui" | sed 's/[&|\\]/\\&/g')
sed -i -e "s|^Exec=/usr/bin/deblur-gui|Exec=\"$escaped\"|" -e "s|^TryExec=/usr/bin/deblur-gui|TryExec=$escaped|" "$entry"
if command -v update-desktop-database >/dev/null; then
    update-desktop-database "$prefix/share/applications" >/dev/null 2>&1 || true
fi
if command -v update-mime-database >/dev/null; then
    update-mime-database "$prefix/share/mime" >/dev/null 2>&1 || true
fi
echo "Deblur is installed: it is in the menu of programs and in “Open with”; on the terminal it is $prefix/bin/deblur."
echo "To remove it: sh $prefix/lib/deblur/uninstall.sh"
