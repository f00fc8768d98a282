from django import template

from courses.models import QuizAttempt, QuizDraft
from courses.outline import course_in, part_of, parts_of
from courses.progress import progress_of
from courses.terms import mark, words_of
from home.interface import spoken_in
from home.links import translations_of

register = template.Library()


@register.simple_tag(takes_context=True)
def progress(context):
    return progress_of(context["request"].user)


@register.simple_tag
def parts(course):
    return parts_of(course) if course else []


@register.simple_tag(takes_context=True)
def part(context, page):
    """The header and the text of a page ask for the same one: one query for both."""
    known = context.render_context.setdefault("parts", {})
    if page not in known:
        known[page] = part_of(page)
    return known[page]


@register.simple_tag
def course(language):
    return course_in(language)


@register.simple_tag
def neighbours(part, page):
    """The step before and after this page in its module, and its number. A preview may not be in the tree yet."""
    keys, steps = part.keys, part.steps
    index = keys.index(page.translation_key) if page.translation_key in keys else len(keys)
    return {
        "number": index + 1,
        "before": steps[index - 1] if index else None,
        "after": steps[index + 1] if index + 1 < len(steps) else None,
    }


@register.simple_tag(takes_context=True)
def attempts(context, quiz):
    """The learner's unfinished and finished attempts at a quiz: `draft` (or None) and `best` (or None)."""
    user = context["request"].user
    if not user.is_authenticated:
        return {"draft": None, "best": None}
    facts = {"learner": user, "item": quiz.translation_key}
    return {
        "draft": QuizDraft.objects.filter(**facts).first(),
        "best": QuizAttempt.objects.filter(**facts).order_by("-passed", "-right", "-finished_at").first(),
    }


@register.filter
def done_in(progress, part):
    return progress.done_in(part)


@register.filter
def next_in(progress, part):
    return progress.next_in(part)


@register.filter
def other_language(page):
    """The live translation of a page in the other content language, or None."""
    return next(iter(translations_of(page)), None)


@register.filter
def side_by_side(page, other):
    """Pairs of blocks that share an id: (this page's, the other language's or None)."""
    beside = {block.id: block for block in other.body} if other else {}
    return [(block, beside.get(block.id)) for block in page.body]


@register.simple_tag(takes_context=True)
def block_in(context, language, block):
    """A block of the page in the other language, its labels in that language too."""
    with spoken_in(language):
        return block.render_as_block({**context.flatten(), "content_language": language})


@register.simple_tag
def words(page):
    """The key terms of a lesson; those that its text says are `found` once it is `marked`."""
    if not any(block.block_type == "terms" for block in page.body):
        return []
    other = other_language(page)
    return words_of(page.body, other and other.body)


@register.filter
def marked(block, words):
    return mark(block.render(), words)
