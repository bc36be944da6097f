"""Says how far what is served is from what another program makes of the same file.

Takes a JSON list of questions from its standard input: `file`; `page`, the picture of the file (from 0); `judge`, the
program, or null; `tiles`, a list of [left, top, file] that are put together; `size`, pixels of the page; `level`,
halvings, and `shown`, its pixels; `cmyk`, a profile for CMYK that has none. Answers with a list: `mean` and `most`, differences of a channel (0 to
255); or `trouble`. Without a judge: `corners`, the colours in the corners of what is served.
"""

import io
import json
import os
import subprocess
import sys
import tempfile
import warnings

from PIL import Image, ImageChops, ImageCms, ImageOps, ImageStat

Image.MAX_IMAGE_PIXELS = None
SRGB = "/usr/share/color/icc/ghostscript/srgb.icc"
# One place that is looked at is so many pixels wide and high, so that the noise of JPEG does not count.
BLUR = 4
warnings.simplefilter("ignore")


def output_of(*command):
    done = subprocess.run(command, capture_output=True, timeout=120, check=False)
    if not done.stdout:
        raise OSError(done.stderr.decode(errors="replace")[-500:])
    picture = Image.open(io.BytesIO(done.stdout))
    picture.load()
    return picture.convert("RGB")


def by_imagemagick(file, page, cmyk):
    # `-profile` converts what has a profile, and only names it where there is none.
    assumed = ["-profile", cmyk] if untagged_cmyk(file, page) else []
    options = ["-auto-orient", "-background", "white", "-alpha", "remove", *assumed, "-profile", SRGB]
    with tempfile.TemporaryDirectory() as folder:
        plain = f"{folder}/file"  # it takes signs in names for patterns and for pages
        os.symlink(os.path.abspath(file), plain)
        return output_of("convert", f"{plain}[{page}]", *options, "-colorspace", "sRGB", "-depth", "8", "ppm:-")


def untagged_cmyk(file, page):
    try:
        with Image.open(file) as picture:
            return picture.mode == "CMYK" and not picture.info.get("icc_profile")
    except OSError:
        return False


def by_ghostscript(file, page, _):
    options = ["-q", "-dSAFER", "-dUseCropBox", "-sDEVICE=ppmraw", "-r200", "-dTextAlphaBits=4", "-dGraphicsAlphaBits=4"]
    return output_of("gs", *options, f"-sPageList={page + 1}", "-o", "-", "-f", file)


def by_pillow(file, page, cmyk):
    picture = Image.open(file)
    if page:
        picture.seek(page)
    profile = picture.info.get("icc_profile")
    if picture.mode == "CMYK" and not profile:
        with open(cmyk, "rb") as assumed:
            profile = assumed.read()
    picture.load()
    if picture.format != "TIFF":  # those it turns itself
        picture = ImageOps.exif_transpose(picture)
    if "transparency" in picture.info or picture.mode in ("LA", "RGBA", "PA", "RGBa"):
        picture = picture.convert("RGBA")
        white = Image.new("RGBA", picture.size, "white")
        return Image.alpha_composite(white, picture).convert("RGB")
    if profile:
        embedded = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(picture, embedded, SRGB, outputMode="RGB")
    if picture.mode == "LAB":
        return ImageCms.profileToProfile(picture, ImageCms.createProfile("LAB"), SRGB, outputMode="RGB")
    return picture.convert("RGB")


JUDGES = {"ImageMagick": by_imagemagick, "Pillow": by_pillow, "Ghostscript": by_ghostscript}
references = {}


def reference(question):
    key = (question["file"], question["page"], question["judge"])
    if key not in references:
        references.clear()
        references[key] = JUDGES[question["judge"]](question["file"], question["page"], question["cmyk"])
    return references[key]


def put_together(question):
    whole = Image.new("RGB", tuple(question["shown"]))
    for left, top, file in question["tiles"]:
        whole.paste(Image.open(file).convert("RGB"), (left, top))
    return whole


def halved(picture, level):
    """As a level of a pyramid has to be: a pixel is exactly 2^level pixels of the picture, continued by its last ones."""
    scale = 2**level
    width, height = (-(-side // scale) * scale for side in picture.size)
    continued = picture.crop((0, 0, width, height))
    if width > picture.width:
        last = picture.crop((picture.width - 1, 0, picture.width, picture.height))
        continued.paste(last.resize((width - picture.width, picture.height)), (picture.width, 0))
    if height > picture.height:
        last = continued.crop((0, picture.height - 1, width, picture.height))
        continued.paste(last.resize((width, height - picture.height)), (0, picture.height))
    return continued.reduce(scale)


def corners_of(picture):
    width, height = picture.size
    places = [(0.04, 0.04), (0.96, 0.04), (0.04, 0.96), (0.96, 0.96)]
    return [picture.getpixel((int(x * width), int(y * height))) for x, y in places]


def answer(question):
    served = put_together(question)
    if question["judge"] is None:
        return {"corners": corners_of(served)}
    right = reference(question)
    if right.size != tuple(question["size"]):
        return {"trouble": f"{question['judge']} says {right.size}"}
    right = halved(right, question["level"]).crop((0, 0, *served.size))
    if min(served.size) >= 2 * BLUR:
        served, right = served.reduce(BLUR), right.reduce(BLUR)
    difference = ImageChops.difference(served, right)
    mean = ImageStat.Stat(difference).mean
    most = max(high for _, high in difference.getextrema())
    return {"mean": sum(mean) / len(mean), "most": most}


def guarded(question):
    try:
        return answer(question)
    except Exception as trouble:  # whatever another program throws is its verdict
        return {"trouble": f"{question['judge']}: {type(trouble).__name__} {trouble}"}


json.dump([guarded(question) for question in json.load(sys.stdin)], sys.stdout)
