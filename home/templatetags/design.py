from django import template
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from home import typography
from home.sprite import sprite_for, symbol

register = template.Library()

BARE_WIDGETS = {"checkbox", "radioselect", "checkboxselectmultiple", "hidden"}


@register.simple_tag
def icon(name, dir=False, go=False):
    """`dir` turns it in right-to-left pages; `go` puts it on the disc of the green button."""
    symbol(f"i-{name}")
    classes = "i" + " i--dir" * bool(dir) + " i--go" * bool(go)
    return format_html('<svg class="{}" aria-hidden="true"><use href="#i-{}"/></svg>', classes, name)


@register.simple_tag
def tile(number):
    """The tile of module 1 to 5; 0 is the mark of the site."""
    return drawing(f"t{number}", {"class": "tile"})


@register.simple_tag
def art(name, label="", **attributes):
    """A drawing of static/icons/art: decoration without a `label`, an image with one."""
    return drawing(f"a-{name}", attributes, label)


def drawing(symbol_id, attributes, label=""):
    seen_as = {"role": "img", "aria-label": label} if label else {"aria-hidden": "true"}
    attributes = flatatt({**attributes, "viewBox": symbol(symbol_id).view_box, **seen_as})
    return format_html('<svg{}><use href="#{}"/></svg>', attributes, symbol_id)


@register.tag
def sprited(parser, token):
    """Renders what is inside, then adds the symbols that it uses."""
    nodelist = parser.parse(["endsprited"])
    parser.delete_first_token()
    return SpritedNode(nodelist)


class SpritedNode(template.Node):
    def __init__(self, nodelist):
        self.nodelist = nodelist

    def render(self, context):
        html = self.nodelist.render(context)
        return html + sprite_for(html)


@register.simple_tag
def control(field):
    """The widget of a bound field with the class of its kind; Django adds the accessible description."""
    if field.widget_type in BARE_WIDGETS:
        return field.as_widget()
    classes = f"in {field.field.widget.attrs.get('class', '')}".strip()
    return field.as_widget(attrs={"class": classes})


@register.filter(is_safe=True)
def typo(text, language=None):
    language = language or get_language() or ""
    if hasattr(text, "__html__"):
        return mark_safe(typography.typo_html(text.__html__(), language))
    return typography.typo(str(text), language)


@register.filter
def duration(minutes):
    return typography.duration(minutes)


@register.filter
def bytes_short(size):
    return typography.bytes_short(size)


@register.filter
def initials(name):
    return typography.initials(name)
