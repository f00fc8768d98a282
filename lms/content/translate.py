"""Dutch beside French through wagtail-localize: the translation editor shows every string as if typed there."""

import json
from collections import defaultdict

from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)
from wagtail_localize.segments import OverridableSegmentValue, StringSegmentValue
from wagtail_localize.segments.extract import extract_segments


class Unequal(Exception):
    """The two languages do not have the same texts at this place of the page."""


def translate(page, dutch, locale):
    """Saves and publishes the translation of `page` whose texts are those of `dutch`, an unsaved page of its type.

    Raises Unequal with the path of the field when a text has no counterpart.
    """
    source, _created = TranslationSource.update_or_create_from_instance(page)
    translation, _created = Translation.objects.get_or_create(source=source, target_locale=locale)
    segments = extract_segments(dutch)
    keep_strings(source, locale, segments)
    keep_overrides(source, locale, segments)
    translation.save_target(publish=True)
    return translation.get_target_instance()


def by_path(pairs):
    grouped = defaultdict(list)
    for path, value in pairs:
        grouped[path].append(value)
    return grouped


def keep_strings(source, locale, segments):
    dutch = by_path((s.path, s.string.data) for s in segments if isinstance(s, StringSegmentValue))
    rows = StringSegment.objects.filter(source=source).select_related("context", "string").order_by("order")
    french = by_path((row.context.path, row) for row in rows)
    for path in french.keys() | dutch.keys():
        if len(french[path]) != len(dutch[path]):
            raise Unequal(path)
    StringTranslation.objects.filter(locale=locale, context__in={row.context_id for row in rows}).delete()
    translations = {
        (row.string_id, row.context_id): said
        for path, found in french.items()
        for row, said in zip(found, dutch[path], strict=True)
    }
    StringTranslation.objects.bulk_create(
        StringTranslation(
            translation_of_id=string,
            context_id=context,
            locale=locale,
            data=said,
            translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
            tool_name="content/",
        )
        for (string, context), said in translations.items()
    )


def keep_overrides(source, locale, segments):
    """What is not text but differs between the languages, such as the PDF of a webinar."""
    dutch = {s.path: s.data for s in segments if isinstance(s, OverridableSegmentValue)}
    for row in OverridableSegment.objects.filter(source=source).select_related("context"):
        said = dutch.get(row.context.path)
        if said is not None and said != row.data:
            SegmentOverride.objects.update_or_create(
                context=row.context, locale=locale, defaults={"data_json": json.dumps(said)}
            )
