#!/bin/sh
# Removes what install.sh has put there, and nothing else: photos, results, models and settings stay.
set -eu
home=$(dirname "$(readlink -f "$0")")
prefix=$(dirname "$(dirname "$home")")
for program in deblur deblur-gui deblur-train; do
    if [ "$(readlink -f "$prefix/bin/$program")" = "$home/$program" ]; then
        rm "$prefix/bin/$program"
    fi
done
cd "$prefix"
while IFS= read -r file; do
    rm -f "$file"
    rmdir -p --ignore-fail-on-non-empty "$(dirname "$file")" 2>/dev/null || true
done <"$home/installed-files"
if command -v update-desktop-database >/dev/null && [ -d share/applications ]; then
    update-desktop-database share/applications >/dev/null 2>&1 || true
fi
if command -v update-mime-database >/dev/null && [ -d share/mime/packages ]; then
    update-mime-database share/mime >/dev/null 2>&1 || true
fi
# Lists that the system's tools made of our files alone.
if [ -e "$home/made-mime" ] && [ ! -d share/mime/packages ]; then
    rm -rf share/mime
fi
if [ "$(cat share/applications/mimeinfo.cache 2>/dev/null)" = "[MIME Cache]" ]; then
    rm share/applications/mimeinfo.cache
fi
rm -r "$home"
rmdir -p --ignore-fail-on-non-empty lib bin share/applications 2>/dev/null || true
echo "Deblur is removed."
