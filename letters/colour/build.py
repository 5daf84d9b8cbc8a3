"""Make srgb.icc, the colour profile of the output intent, with Pillow's ImageCms (LittleCMS builds it from the numbers of
the sRGB standard, IEC 61966-2-1; nothing is copied from another profile). Run by hand: ``python letters/colour/build.py``.

The only thing that differs between two runs is the day of creation in the header, which is set to a fixed one here.
"""

from __future__ import annotations

import struct
from pathlib import Path

from PIL import ImageCms

FIXED_DAY = (2026, 11, 22, 0, 0, 0)


def main() -> None:
    """Write the profile beside this script."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[24:36] = struct.pack(">6H", *FIXED_DAY)
    (Path(__file__).parent / "srgb.icc").write_bytes(profile)


if __name__ == "__main__":
    main()
