#!/bin/sh
# The least that a frozen folder must do on any system: restore the sample, and train one epoch.
#   packaging/smoke.sh FOLDER     the folder with the programs
set -eu
folder=$(cd "${1:?the folder with the programs}" && pwd)
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
"$folder/deblur" --version
"$folder/deblur" restore "$root/resources/samples/coffee_blurred.jpg" -o restored.jpg
[ -s restored.jpg ]
mkdir sharp
cp "$root"/resources/samples/*_sharp.jpg sharp/
"$folder/deblur-train" make-pairs sharp --out pairs --count 8
"$folder/deblur-train" paper --data pairs --out run --epochs 1 --batch-size 4
echo "The folder restores and trains."
