#!/bin/sh
# Signs dist/Deblur.app, packs it into dist/Deblur-VERSION.dmg, and has that notarised. On macOS alone; not run elsewhere.
#
#   SIGN_IDENTITY   the name of a “Developer ID Application” certificate in the keychain; without it nothing is signed
#   NOTARY_PROFILE  a profile of `xcrun notarytool store-credentials`; without it nothing is notarised
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
app=$root/dist/Deblur.app
version=$(sed -n 's/^__version__ = "\(.*\)"$/\1/p' "$root/deblur_app/__init__.py")
dmg=$root/dist/Deblur-$version-$(uname -m).dmg

if [ -n "${SIGN_IDENTITY:-}" ]; then
    # From the inside out: every library and program on its own, then the bundle, with the program that is its own.
    find "$app/Contents" -type f ! -path "$app/Contents/MacOS/deblur-gui" \
        \( -name '*.dylib' -o -name '*.so' -o -perm -u+x \) -print0 |
        xargs -0 -n 20 codesign --force --timestamp --options runtime \
            --entitlements "$root/packaging/macos/entitlements.plist" --sign "$SIGN_IDENTITY"
    codesign --force --timestamp --options runtime --entitlements "$root/packaging/macos/entitlements.plist" \
        --sign "$SIGN_IDENTITY" "$app"
    codesign --verify --deep --strict "$app"
fi

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
cp -R "$app" "$stage/"
ln -s /Applications "$stage/Applications"
hdiutil create -volname Deblur -srcfolder "$stage" -fs HFS+ -format ULMO -ov "$dmg"

if [ -n "${SIGN_IDENTITY:-}" ]; then
    codesign --timestamp --sign "$SIGN_IDENTITY" "$dmg"
fi
if [ -n "${NOTARY_PROFILE:-}" ]; then
    # The image is what is downloaded: it has to be notarised itself, and so is all inside it.
    xcrun notarytool submit "$dmg" --keychain-profile "$NOTARY_PROFILE" --wait
    xcrun stapler staple "$dmg"
    spctl --assess --type open --context context:primary-signature --verbose "$dmg"
fi
echo "$dmg"
