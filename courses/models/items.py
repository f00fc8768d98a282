from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class Item(models.Model):
    """Every translation key ever taught. Facts point here, never to a page, so that French and Dutch are one lesson
    and deleting a page orphans nothing (docs/architecture.md, decision 1)."""

    class Kind(models.TextChoices):
        COURSE = "course", _("course")
        MODULE = "module", _("module")
        LESSON = "lesson", _("lesson")
        QUIZ = "quiz", _("quiz")

    key = models.UUIDField(primary_key=True, editable=False)
    kind = models.CharField(max_length=6, choices=Kind, editable=False)
    retired_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("item")
        verbose_name_plural = _("items")

    def __str__(self):
        return f"{self.kind} {self.key}"


class KeyedPage(Page):
    """A page whose translation key facts are keyed on: saving it registers the key, or takes it back
    into use; deleting it retires the key."""

    kind = None

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        result = super().save(*args, **kwargs)
        item, _made = Item.objects.get_or_create(key=self.translation_key, defaults={"kind": self.kind})
        if item.retired_at:
            item.retired_at = None
            item.save(update_fields=["retired_at"])
        return result

    def delete(self, *args, **kwargs):
        keys = set(self.get_descendants(inclusive=True).values_list("translation_key", flat=True))
        result = super().delete(*args, **kwargs)
        keys -= set(Page.objects.filter(translation_key__in=keys).values_list("translation_key", flat=True))
        Item.objects.filter(key__in=keys, retired_at=None).update(retired_at=timezone.now())
        return result
