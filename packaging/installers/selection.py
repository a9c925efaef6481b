"""Parts of the libraries that the app never uses, and that are left out of the frozen folder."""

from __future__ import annotations

import re

UNUSED_MODULES = [
    # Qt's modules beside the window's; PySide6 offers to import them.
    *(f"PySide6.{name}" for name in (
        "QtDBus", "QtDesigner", "QtHelp", "QtPrintSupport", "QtQml", "QtQuick",
        "QtQuickControls2", "QtQuickWidgets", "QtSql", "QtTest", "QtUiTools", "QtXml", "QtConcurrent",
    )),
    # Of Python itself.
    "idlelib", "lib2to3", "test", "tkinter", "_tkinter", "turtledemo",
]  # fmt: skip

_PLUGINS = (
    # Screens of embedded systems and remote ones; QML's tools; databases; printers; keyboards on the screen.
    r"egldeviceintegrations|generic|qmltooling|sqldrivers|printsupport|designer|vectorimageformats|networkinformation|tls"
    r"|wayland-graphics-integration-server"
    r"|platforms/libq(eglfs|linuxfb|minimalegl|vkkhrdisplay|vnc)"
    r"|platforminputcontexts/libqtvirtualkeyboard"
    r"|imageformats/libqpdf"
    # It would need GTK of the user's system in the version of the machine that builds; dialogs come through the portal.
    r"|platformthemes/libqgtk3"
)
_CODECS = (
    "imcd|shared|shared_cython|avif|brotli|ccitt|deflate|exr|jpeg2k|jpeg8|jpegxl|jpegsof3|jpegxr|lerc|ljpeg|lzma|png|webp"
    "|zlib|zstd"
)
_SKIMAGE = "data|draw|feature|future|graph|io|measure|morphology|segmentation|transform"
_ASTROPY = "convolution|cosmology|io/(ascii|misc|votable)|modeling|samp|timeseries|uncertainty|visualization|wcs"
_UNUSED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"PySide6/(Qt/)?plugins/({_PLUGINS})",
        # Texts of Qt in other languages than those of the window; its dialogs and buttons are in qtbase.
        r"PySide6/(Qt/)?translations/(?!qtbase_(en|de)\.qm)",
        r"PySide6/(Qt/)?(qml|libexec|resources|metatypes|include|typesystems|glue)/",
        r"(lib)?Qt6(Pdf|Qml\w*|Quick\w*|VirtualKeyboard\w*|WebEngine\w*|Sql|Designer\w*|Test)\b",
        # Headers, sources and tests of libraries.
        r"^(?!astropy/tests/)(.*/)?(include|tests|testing/data)/",  # astropy imports its own tests
        r"\.(h|hpp|hh|inc|pyx|pxd|c|cpp|cc|cu|proto|lib|a)$",
        r"^(?!skimage/).*\.pyi$",  # scikit-image reads what it has to import from its own
        r"^(tensorflow|keras)/.*_test\.py$|^pyqtgraph/(examples|opengl)/|^skimage/data/.*\.(png|jpg|tif|npy)$",
        # Language servers of MLIR and the profiler: nothing imports them unless a model is profiled or exported.
        r"tensorflow/compiler/mlir/stablehlo/stablehlo_extension",
        # Operations of XLA for programs that name them one by one.
        r"tensorflow/compiler/tf2xla/ops/_xla_ops\.",
        # TIFF's compressions, JPEG XL, AVIF and OpenEXR are read by imagecodecs, not its other formats.
        rf"^imagecodecs/_(?!({_CODECS})\.)\w+\.(abi3|cpython|cp3)",
        # Of scikit-image two functions are used, of astropy its reader of FITS.
        rf"^skimage/({_SKIMAGE}|filters/rank)/",
        rf"^astropy/({_ASTROPY})/|^astropy_iers_data/data/(eopc04|finals|ReadMe)",
        r"^scipy/(odr|datasets|cluster)/",
    )
)


def is_unused(name: str) -> bool:
    """Return whether the file of this name in the frozen folder, such as `PySide6/Qt/qml/x`, is never used."""
    name = name.replace("\\", "/")
    return any(pattern.search(name) for pattern in _UNUSED)
