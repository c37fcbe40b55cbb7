#!/usr/bin/env bash
# libtiff does not read back the floats that it wrote with predictor 3 in the other byte order.
#
# Versions    libtiff 4.5.0 (Debian 12: libtiff-tools and libtiff6 4.5.0-6+deb12u4), on a little-endian machine.
# Guess       A float image keeps its numbers through any lossless copy: tiffcp to big-endian with Deflate or LZW
#             and the floating-point predictor, and back, gives the numbers that went in, as it does for
#             little-endian files and for predictor 1.
# Behaviour   Written big-endian with predictor 3, the copy that tiffcp itself makes of it holds other numbers:
#             each has its four bytes reversed. Little-endian with predictor 3, and big-endian without a
#             predictor, are right. Anomaly maps of float32 should be written in the machine's own byte order,
#             or without a predictor.
# Output seen little-endian, predictor 3: 0.25 1.5 -3.75 100.125
#             big-endian, no predictor:   0.25 1.5 -3.75 100.125
#             big-endian, predictor 3:    4.60046e-41 6.89649e-41 4.04471e-41 5.94931e-39
#
# Needs Debian 12 on x86-64 with apt-get, dpkg-deb and Python 3. Exits with 0 while this holds, with 1 when it
# has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

version=4.5.0-6+deb12u4
apt-get download -qq -o APT::Sandbox::User=root "libtiff-tools=$version" "libtiff6=$version" libjbig0 libdeflate0 liblerc4 libwebp7 \
  libjpeg62-turbo liblzma5 libzstd1 zlib1g >/dev/null
for package in *.deb; do
  dpkg-deb -x "$package" root
done
export LD_LIBRARY_PATH="$work/root/usr/lib/x86_64-linux-gnu:$work/root/lib/x86_64-linux-gnu"
tiffcp="$work/root/usr/bin/tiffcp"

cat >floats.py <<'PY'
import struct
import sys

VALUES = [0.25, 1.5, -3.75, 100.125]


def entry(tag, kind, count, value):
    return struct.pack("<HHI", tag, kind, count) + (
        struct.pack("<HH", value, 0) if kind == 3 else struct.pack("<I", value))


def write(path):
    """A little-endian TIFF of one row of float32, uncompressed."""
    data = struct.pack("<4f", *VALUES)
    entries = [
        entry(256, 3, 1, 4), entry(257, 3, 1, 1), entry(258, 3, 1, 32), entry(259, 3, 1, 1),
        entry(262, 3, 1, 1), entry(273, 4, 1, 8), entry(277, 3, 1, 1), entry(278, 3, 1, 1),
        entry(279, 4, 1, len(data)), entry(339, 3, 1, 3)]
    with open(path, "wb") as out:
        out.write(b"II*\0" + struct.pack("<I", 8 + len(data)) + data)
        out.write(struct.pack("<H", len(entries)) + b"".join(entries) + struct.pack("<I", 0))


def read(path):
    """The strip of an uncompressed little-endian TIFF of one row."""
    with open(path, "rb") as file:
        data = file.read()
    at = struct.unpack_from("<I", data, 4)[0]
    for i in range(struct.unpack_from("<H", data, at)[0]):
        tag, kind, _ = struct.unpack_from("<HHI", data, at + 2 + 12 * i)
        if tag == 273:
            start = struct.unpack_from("<H" if kind == 3 else "<I", data, at + 10 + 12 * i)[0]
    return struct.unpack_from("<4f", data, start)


if sys.argv[1] == "write":
    write(sys.argv[2])
else:
    print(*(f"{value:g}" for value in read(sys.argv[2])))
PY

python3 floats.py write in.tif
# copied BYTE-ORDER COMPRESSION: there and back.
copied() {
  "$tiffcp" "$1" -c "$2" in.tif there.tif 2>/dev/null
  "$tiffcp" -L -c none there.tif back.tif 2>/dev/null
  python3 floats.py read back.tif
}
little=$(copied -L zip:3)
plain=$(copied -B zip:1)
big=$(copied -B zip:3)
echo "little-endian, predictor 3: $little"
echo "big-endian, no predictor:   $plain"
echo "big-endian, predictor 3:    $big"

right="0.25 1.5 -3.75 100.125"
[ "$little" = "$right" ] && [ "$plain" = "$right" ] && [ "$big" != "$right" ]
