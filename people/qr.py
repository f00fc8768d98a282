import segno
from django.utils.safestring import mark_safe


def drawn(text):
    """A QR code as SVG, with the four quiet modules that a telephone needs; the page says what it is."""
    code = segno.make(text, error="m", boost_error=False, micro=False)
    return mark_safe(code.svg_inline(border=4, svgclass="qr", lineclass=None, omitsize=True))
