"""The patchwork tiles, the logo, the European flag and QR codes, drawn as vectors on a ReportLab canvas."""

import re
from functools import cache
from math import atan2, ceil, cos, hypot, pi, radians, sin, sqrt, tan

import segno
from reportlab.lib.colors import HexColor

MODULES = {
    1: ("#6c4000", "#efb03a", "#fdf0d0"),
    2: ("#8a1d42", "#dc858a", "#fbe6ea"),
    3: ("#1d4884", "#88acd8", "#e4edf9"),
    4: ("#0d525d", "#6cb3b4", "#ddf0f1"),
    5: ("#43540a", "#abb955", "#f0f4d8"),
}
SIDE = 120
SQUARE = "M0 0h120v120H0z"
# Each shape names its paint (deep, mid, soft or paper) and its outline.
TILES = {
    1: (
        ("soft", SQUARE),
        ("mid", "M0 16a104 104 0 0 1 104 104H0z"),
        ("deep", "M16 0a104 104 0 0 0 104 104V0z"),
        ("paper", "M17.5 17.5a104 104 0 0 1 85 85 104 104 0 0 1-85-85z"),
        ("mid", "M38 47a9 9 0 0 1 18 0 9 9 0 0 1-18 0z"),
        ("deep", "M64 73a9 9 0 0 1 18 0 9 9 0 0 1-18 0z"),
    ),
    2: (
        ("soft", SQUARE),
        ("mid", "M60 6a44 44 0 0 0 0 88z"),
        ("deep", "M60 26a44 44 0 0 1 0 88z"),
        ("deep", "M30 50a10 10 0 0 1 20 0 10 10 0 0 1-20 0z"),
        ("mid", "M70 70a10 10 0 0 1 20 0 10 10 0 0 1-20 0z"),
    ),
    3: (
        ("soft", SQUARE),
        ("mid", "M0 120V78a60 60 0 0 1 120 0v42z"),
        ("deep", "M17 120V80a43 43 0 0 1 86 0v40z"),
        ("soft", "M34 120V82a26 26 0 0 1 52 0v38z"),
        ("deep", "M49 85a11 11 0 0 1 22 0 11 11 0 0 1-22 0z"),
        ("mid", "M43 120a17 17 0 0 1 34 0z"),
    ),
    4: (
        ("soft", SQUARE),
        ("paper", "M60 0h60v60H60zM0 60h60v60H0z"),
        ("deep", "M10 30a20 20 0 0 1 40 0 20 20 0 0 1-40 0z"),
        ("mid", "M90 10l22 40H68z"),
        ("mid", "M11 110V89a19 19 0 0 1 38 0v21z"),
        ("deep", "M90 67l23 23-23 23-23-23z"),
    ),
    5: (
        ("soft", SQUARE),
        ("mid", "M14 120a46 46 0 0 1 92 0z"),
        ("deep", "M57 50h6v62h-6z"),
        ("deep", "M60 84H42a26 26 0 0 1-26-26V44h18a26 26 0 0 1 26 26z"),
        ("deep", "M60 66V48a28 28 0 0 1 28-28h16v18a28 28 0 0 1-28 28z"),
    ),
}
LOGO = (
    ("#0e4b3d", SQUARE),
    ("#f6bb42", "M25 43a15 15 0 0 1 30 0 15 15 0 0 1-30 0z"),
    ("#f7eedb", "M66 36a15 15 0 0 1 30 0 15 15 0 0 1-30 0z"),
    ("#f7eedb", "M54 120V87a27 27 0 0 1 54 0v33z"),
    ("#f6bb42", "M13 120V93a27 27 0 0 1 54 0v27z"),
    ("#b9780a", "M54 120V87c0-4 .9-8 2.5-11.3A27 27 0 0 1 67 93v27z"),
)
FLAG_BLUE, FLAG_YELLOW = "#003399", "#ffcc00"
TOKEN = re.compile(r"[A-Za-z]|-?(?:\d+\.?\d*|\.\d+)")


@cache
def outline(data):
    """SVG path data as absolute ("m" | "l" | "c" | "z", coordinates) steps."""
    numbers, command, steps, x, y, start = TOKEN.findall(data)[::-1], "", [], 0, 0, (0, 0)
    while numbers:
        if numbers[-1].isalpha():
            command = numbers.pop()
        step = command.lower()
        if step == "z":
            (x, y), drawn = start, [("z", ())]
        else:
            drawn, x, y = STEPS[step](numbers, x, y, command.islower())
            start = (x, y) if step == "m" else start
        steps += drawn
    return tuple(steps)


def _point(numbers, x, y, relative):
    px, py = float(numbers.pop()), float(numbers.pop())
    return (x + px, y + py) if relative else (px, py)


def _move(numbers, x, y, relative):
    x, y = _point(numbers, x, y, relative)
    return [("m", (x, y))], x, y


def _straight(numbers, x, y, relative):
    x, y = _point(numbers, x, y, relative)
    return [("l", (x, y))], x, y


def _across(numbers, x, y, relative):
    x = float(numbers.pop()) + (x if relative else 0)
    return [("l", (x, y))], x, y


def _down(numbers, x, y, relative):
    y = float(numbers.pop()) + (y if relative else 0)
    return [("l", (x, y))], x, y


def _curve(numbers, x, y, relative):
    points = [_point(numbers, x, y, relative) for _ in range(3)]
    return [("c", tuple(v for point in points for v in point))], *points[-1]


def _arc(numbers, x, y, relative):
    """Circular arcs only: the drawings have no ellipse."""
    radius, _, _ = (float(numbers.pop()) for _ in range(3))
    large, sweep = numbers.pop() == "1", numbers.pop() == "1"
    end = _point(numbers, x, y, relative)
    return _circular(x, y, radius, large, sweep, *end), *end


def _circular(x, y, radius, large, sweep, ex, ey):
    dx, dy = ex - x, ey - y
    chord = hypot(dx, dy)
    radius = max(radius, chord / 2)
    away = sqrt(radius * radius - chord * chord / 4) / chord * (1 if large != sweep else -1)
    cx, cy = (x + ex) / 2 - dy * away, (y + ey) / 2 + dx * away
    first, last = atan2(y - cy, x - cx), atan2(ey - cy, ex - cx)
    turn = (last - first) % (2 * pi) - (0 if sweep else 2 * pi)
    count = ceil(abs(turn) / (pi / 2) - 1e-9)
    pull = radius * 4 / 3 * tan(turn / count / 4)
    return [
        _quarter(cx, cy, radius, first + turn * i / count, first + turn * (i + 1) / count, pull) for i in range(count)
    ]


def _quarter(cx, cy, radius, a, b, pull):
    ax, ay, bx, by = cx + radius * cos(a), cy + radius * sin(a), cx + radius * cos(b), cy + radius * sin(b)
    return "c", (ax - pull * sin(a), ay + pull * cos(a), bx + pull * sin(b), by - pull * cos(b), bx, by)


STEPS = {"m": _move, "l": _straight, "h": _across, "v": _down, "c": _curve, "a": _arc}


def _path(canvas, data):
    path = canvas.beginPath()
    verbs = {"m": path.moveTo, "l": path.lineTo, "c": path.curveTo, "z": path.close}
    for verb, coordinates in outline(data):
        verbs[verb](*coordinates)
    return path


def _paint(canvas, shapes):
    for color, data in shapes:
        canvas.setFillColor(HexColor(color))
        canvas.drawPath(_path(canvas, data), stroke=0, fill=1)


def draw_tile(canvas, module, x, y, width, height):
    """The module's tile, covering the box from its lower left corner; what overflows is cut."""
    deep, mid, soft = MODULES[module]
    colors = {"deep": deep, "mid": mid, "soft": soft, "paper": "#ffffff"}
    scale = max(width, height) / SIDE
    canvas.saveState()
    _clip(canvas, x, y, width, height)
    canvas.translate(x + (width - SIDE * scale) / 2, y + (height + SIDE * scale) / 2)
    canvas.scale(scale, -scale)
    _paint(canvas, ((colors[paint], data) for paint, data in TILES[module]))
    canvas.restoreState()


def draw_logo(canvas, x, y, size):
    canvas.saveState()
    _clip(canvas, x, y, size, size, radius=size * 3 / 13)
    canvas.translate(x, y + size)
    canvas.scale(size / SIDE, -size / SIDE)
    _paint(canvas, LOGO)
    canvas.restoreState()


def _clip(canvas, x, y, width, height, radius=0):
    path = canvas.beginPath()
    if radius:
        path.roundRect(x, y, width, height, radius)
    else:
        path.rect(x, y, width, height)
    canvas.clipPath(path, stroke=0, fill=0)


def draw_flag(canvas, x, y, width):
    """Official construction: 3 by 2, twelve upright stars in circles of one eighteenth of the height."""
    height = width * 2 / 3
    canvas.setFillColor(HexColor(FLAG_BLUE))
    canvas.rect(x, y, width, height, stroke=0, fill=1)
    canvas.setFillColor(HexColor(FLAG_YELLOW))
    for hour in range(12):
        angle = radians(30 * hour)
        center = x + width / 2 + height / 3 * sin(angle), y + height / 2 + height / 3 * cos(angle)
        canvas.drawPath(_star(canvas, *center, height / 18), stroke=0, fill=1)


def _star(canvas, x, y, radius):
    path = canvas.beginPath()
    for tip in range(10):
        reach, angle = radius * (0.381966 if tip % 2 else 1), pi * tip / 5
        (path.lineTo if tip else path.moveTo)(x + reach * sin(angle), y + reach * cos(angle))
    path.close()
    return path


def draw_qr(canvas, text, x, y, size):
    """A QR code (level M) whose modules fill the box; the caller keeps four modules of silence around it."""
    matrix = segno.make(text, error="m", boost_error=False, micro=False).matrix
    unit = size / len(matrix)
    canvas.saveState()
    canvas.setFillColor(HexColor("#000000"))
    canvas.translate(x, y + size)
    canvas.scale(unit, -unit)
    for row, modules in enumerate(matrix):
        for dark in re.finditer(b"\x01+", bytes(modules)):
            canvas._code.append(f"{dark.start()} {row} {len(dark.group())} 1 re")
    canvas._code.append("f")
    canvas.restoreState()
