"""Writes a picture with Pillow, in the ways that ImageMagick and vips do not know.

Takes a JSON object: `from`, one name or several (frames); `mode`; `icc`, a file with a profile; `orientation`, EXIF's;
`alpha`, whether the left half becomes half transparent and the lower right quarter wholly; `format`, `save` (options)
and `to`.
"""

import json
import sys

from PIL import Image


def opened(name, job):
    image = Image.open(name)
    if job.get("alpha"):
        image = image.convert("RGBA")
        alpha = Image.new("L", image.size, 255)
        width, height = image.size
        alpha.paste(128, (0, 0, width // 2, height))
        alpha.paste(0, (width // 2, height // 2, width, height))
        image.putalpha(alpha)
    if "quantize" in job:
        return image.quantize(job["quantize"])
    return image.convert(job["mode"]) if "mode" in job else image


job = json.loads(sys.argv[1])
names = job["from"] if isinstance(job["from"], list) else [job["from"]]
frames = [opened(name, job) for name in names]
options = dict(job.get("save", {}))
if "icc" in job:
    with open(job["icc"], "rb") as profile:
        options["icc_profile"] = profile.read()
if "orientation" in job:
    exif = Image.Exif()
    exif[0x0112] = job["orientation"]
    options["exif"] = exif
if len(frames) > 1:
    options.update(save_all=True, append_images=frames[1:])
frames[0].save(job["to"], job["format"], **options)
