"""A signature drawn with a finger: strokes, each a flat list of whole numbers x, y, x, y… as the screen gave them."""

import json

LARGEST_TEXT = 20_000
MOST_STROKES, FURTHEST = 200, 5_000
# A signature is more than a touch: so many points, across so many pixels.
FEWEST_POINTS, NARROWEST = 8, 24


def strokes_of(text):
    """The strokes that a text holds. Raises ValueError when it holds anything else, or next to nothing."""
    if len(text) > LARGEST_TEXT:
        raise ValueError("too long")
    try:
        strokes = json.loads(text)
    except RecursionError as error:
        raise ValueError("not strokes") from error
    if type(strokes) is not list or not 0 < len(strokes) <= MOST_STROKES or not all(map(is_stroke, strokes)):
        raise ValueError("not strokes")
    _left, _top, width, height = box_of(strokes)
    if sum(map(len, strokes)) < 2 * FEWEST_POINTS or max(width, height) < NARROWEST:
        raise ValueError("too small")
    return strokes


def is_stroke(stroke):
    if type(stroke) is not list or len(stroke) < 2 or len(stroke) % 2:
        return False
    return all(type(value) is int and 0 <= value <= FURTHEST for value in stroke)


def points_of(stroke):
    return list(zip(stroke[::2], stroke[1::2], strict=True))


def box_of(strokes):
    """Left, top, width and height of the smallest box around them."""
    across = [x for stroke in strokes for x, _y in points_of(stroke)]
    down = [y for stroke in strokes for _x, y in points_of(stroke)]
    return min(across), min(down), max(across) - min(across), max(down) - min(down)


def path_of(strokes):
    """As the outline of an SVG path; a single point is drawn as a dot."""
    lines = []
    for stroke in strokes:
        points = points_of(stroke)
        lines.append("M" + "L".join(f"{x} {y}" for x, y in (points if len(points) > 1 else points * 2)))
    return "".join(lines)
