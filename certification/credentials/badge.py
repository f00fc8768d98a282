"""The picture of a badge: the logo of the house over its patchwork, and the title. Same title, same bytes."""

import io
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from home.documents.artwork import LOGO, MODULES, SIDE, TILES, outline
from home.documents.fonts import FOLDER, HOUSE

SIZE, FINER, CURVE = 320, 3, 12
PAPER, INK, EMERALD = "#fffdf8", "#14201c", "#0e4b3d"
TITLE_SIZE, TITLE_FLOOR = 28, 15


@lru_cache(maxsize=16)
def badge(title):
    """PNG bytes."""
    large = SIZE * FINER
    image = Image.new("RGB", (large, large), PAPER)
    side = large // len(MODULES)
    for at, module in enumerate(MODULES):
        tile(image, module, at * side, large - side, side)
    logo_side = round(large * 0.36)
    paint(image, LOGO, ((large - logo_side) // 2, round(large * 0.09)), logo_side)
    lettered(image, title, round(large * 0.49), round(large * 0.775))
    image = image.resize((SIZE, SIZE), Image.Resampling.LANCZOS)
    file = io.BytesIO()
    framed(image).quantize(128, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


def tile(image, module, x, y, side):
    deep, mid, soft = MODULES[module]
    colors = {"deep": deep, "mid": mid, "soft": soft, "paper": "#ffffff"}
    paint(image, [(colors[name], data) for name, data in TILES[module]], (x, y), side)


def paint(image, shapes, corner, side):
    """SVG shapes of the house, in a square whose overflow is cut."""
    square = Image.new("RGB", (side, side), PAPER)
    draw = ImageDraw.Draw(square)
    for color, data in shapes:
        for ring in rings(data):
            draw.polygon([(x * side / SIDE, y * side / SIDE) for x, y in ring], fill=color)
    image.paste(square, corner)


def rings(data):
    """Each closed outline as points, curves cut into straight pieces."""
    ring = []
    for verb, values in outline(data):
        if verb == "m":
            ring = [values]
        elif verb == "l":
            ring.append(values)
        elif verb == "c":
            ring += curve(ring[-1], values)
        elif len(ring) > 2:
            yield ring
            ring = ring[:1]


def curve(start, values):
    points = [start, values[:2], values[2:4], values[4:]]
    for step in range(1, CURVE + 1):
        t = step / CURVE
        weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
        yield tuple(sum(w * point[axis] for w, point in zip(weights, points, strict=True)) for axis in (0, 1))


def lettered(image, title, top, bottom):
    """The title in the middle, as large as three lines allow."""
    draw, width = ImageDraw.Draw(image), image.width * 0.86
    for size in range(TITLE_SIZE, TITLE_FLOOR - 1, -2):
        font = ImageFont.truetype(FOLDER / f"{HOUSE}-Bold.ttf", size * FINER)
        lines = broken(title, font, width)
        height = len(lines) * size * FINER * 1.18
        if len(lines) <= 3 and height <= bottom - top and all(font.getlength(line) <= width for line in lines):
            break
    y = top + (bottom - top - height) / 2
    for line in lines:
        draw.text((image.width / 2, y), line, INK, font, anchor="ma")
        y += size * FINER * 1.18


def broken(title, font, width):
    lines = [""]
    for word in title.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def framed(image):
    """Rounded corners on white, and a line in the colour of the house."""
    large = (image.width * FINER, image.height * FINER)
    box, radius = (5, 5, large[0] - 6, large[1] - 6), 72
    mask, line = Image.new("L", large, 0), Image.new("L", large, 0)
    ImageDraw.Draw(mask).rounded_rectangle(box, radius, fill=255)
    ImageDraw.Draw(line).rounded_rectangle(box, radius, outline=255, width=14)
    mask, line = (layer.resize(image.size, Image.Resampling.LANCZOS) for layer in (mask, line))
    whole = Image.composite(image, Image.new("RGB", image.size, "#ffffff"), mask)
    return Image.composite(Image.new("RGB", image.size, EMERALD), whole, line)
