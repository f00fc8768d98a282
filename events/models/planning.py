"""The one form of a trainer: the page of an event, and beside it when and where it happens."""

import datetime

from django import forms
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import Panel
from wagtail.admin.widgets import AdminDateInput, AdminTimeInput

from courses.models import Edition
from events import bigbluebutton
from people.roles import Role

from .rooms import Room
from .sessions import Session
from .slots import Slot

NOON, EVENING = 12, 17
LINK, ROOM = "link", "room"
EMPTY_ROWS = 4
# Beyond any date that is planned.
ASIDE = datetime.timedelta(days=36500)


class PlaceForm(forms.ModelForm):
    """Everything on a session but its half-days."""

    joining = forms.ChoiceField(label=_("Online room"), required=False, widget=forms.RadioSelect)
    join_url = forms.URLField(label=capfirst(_("link to join")), required=False, assume_scheme="https")

    class Meta:
        model = Session
        fields = [
            "status",
            "reason",
            "edition",
            "open_to_public",
            "capacity",
            "join_url",
            "phone",
            "recorded",
            "place",
            "city",
            "address",
            "trainers",
        ]
        widgets = {"edition": forms.Select, "trainers": forms.CheckboxSelectMultiple}

    field_order = ["status", "reason", "edition", "open_to_public", "capacity", "joining"]

    def __init__(self, *args, for_user, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer_rooms()
        trainers = for_user.people_seen().filter(groups__name=Role.TRAINER)
        self.offer("edition", Edition.objects.seen_by(for_user), [self.instance.edition_id])
        self.offer("trainers", trainers, [for_user.pk, *self.chosen])

    def offer_rooms(self):
        """A room of the platform where there is a server for it."""
        rooms = [(ROOM, _("a room of the platform (BigBlueButton)"))]
        if not bigbluebutton.is_configured():
            del self.fields["recorded"]
            rooms = rooms if self.instance.has_room else []
        self.fields["joining"].choices = [("", _("no online room")), (LINK, _("a link")), *rooms]
        self.fields["joining"].initial = ROOM if self.instance.has_room else LINK if self.instance.online else ""

    def clean(self):
        values = super().clean()
        joining = values.get("joining")
        self.instance.online, self.instance.has_room = joining in (LINK, ROOM), joining == ROOM
        if joining == ROOM:
            values["join_url"] = values["phone"] = ""
        return values

    @property
    def chosen(self):
        return self.instance.trainers.values_list("pk", flat=True) if self.instance.pk else []

    def offer(self, name, rows, chosen):
        """What this person sees, and what was chosen before."""
        field = self.fields[name]
        field.queryset = field.queryset.filter(Q(pk__in=rows.values("pk")) | Q(pk__in=chosen))


class HalfDayForm(forms.Form):
    """One half-day; an empty row is none."""

    slot = forms.UUIDField(required=False, widget=forms.HiddenInput)
    day = forms.DateField(label=_("day"), required=False, widget=AdminDateInput)
    start = forms.TimeField(label=_("starts at"), required=False, widget=AdminTimeInput)
    end = forms.TimeField(label=_("ends at"), required=False, widget=AdminTimeInput)
    at_work = forms.BooleanField(label=_("in a work situation"), required=False)

    def clean(self):
        values = super().clean()
        day, start, end = (values.get(name) for name in ("day", "start", "end"))
        if not self.errors and any((day, start, end)):
            if not (day and start and end):
                raise forms.ValidationError(_("Give the day, the start and the end."), code="half_day")
            if end <= start:
                raise forms.ValidationError(_("It ends after it starts."), code="half_day")
        return values

    @property
    def times(self):
        """Its two moments, or nothing."""
        values = self.cleaned_data
        if not values.get("day"):
            return None
        zone = timezone.get_default_timezone()
        day = values["day"]
        return tuple(timezone.datetime.combine(day, values[name], zone) for name in ("start", "end"))


class HalfDays(forms.BaseFormSet):
    def __init__(self, *args, session=None, **kwargs):
        self.known = {slot.code: slot for slot in session.half_days} if session and session.pk else {}
        super().__init__(*args, initial=[row_of(slot) for slot in self.known.values()], **kwargs)

    def clean(self):
        if any(self.errors):
            return
        starts = [form.times[0] for form in self.forms if form.times]
        if len(set(starts)) < len(starts):
            raise forms.ValidationError(_("Two half-days start at the same time."), code="twice")
        for slot in self.left_out:
            if slot.is_used:
                raise forms.ValidationError(_("Attendance was taken in a half-day: it stays."), code="used")
        for form in self.forms:
            slot = form.times and self.slot_of(form, self.known.values())
            if slot:
                slot.refuse_other(form.times)

    @property
    def left_out(self):
        slots = self.known.values()
        kept = {self.slot_of(form, slots) for form in self.forms if form.times}
        return [slot for slot in slots if slot not in kept]

    def slot_of(self, form, slots):
        """That of its row, else the one that starts then: a form that stayed open does not know what it made."""
        code, start = form.cleaned_data.get("slot"), form.times[0]
        mine = [slot for slot in slots if slot.code == code] or [slot for slot in slots if slot.starts_at == start]
        return mine[0] if mine else None

    def save(self, session):
        """Inside a transaction: all are put aside first, so that one may start when another did."""
        slots = Slot.objects.filter(session=session)
        self.known = {slot.code: slot for slot in slots}
        slots.filter(pk__in=[slot.pk for slot in self.left_out]).delete()
        slots.update(starts_at=F("starts_at") + ASIDE, ends_at=F("ends_at") + ASIDE)
        for form in self.forms:
            if form.times:
                start, end = form.times
                slot = self.slot_of(form, self.known.values()) or Slot(session=session)
                slot.period, slot.starts_at, slot.ends_at = period_of(start), start, end
                slot.modality = modality_of(session, at_work=form.cleaned_data["at_work"])
                slot.save()


HalfDayFormSet = forms.formset_factory(HalfDayForm, formset=HalfDays, extra=EMPTY_ROWS)


def row_of(slot):
    start, end = timezone.localtime(slot.starts_at), timezone.localtime(slot.ends_at)
    at_work = slot.modality == Slot.Modality.WORK
    return {"slot": slot.code, "day": start.date(), "start": start.time(), "end": end.time(), "at_work": at_work}


def modality_of(session, at_work):
    if at_work:
        return Slot.Modality.WORK
    return Slot.Modality.VIRTUAL if session.online else Slot.Modality.ON_SITE


def period_of(start):
    if start.hour < NOON:
        return Slot.Period.MORNING
    return Slot.Period.AFTERNOON if start.hour < EVENING else Slot.Period.EVENING


class EventForm(WagtailAdminPageForm):
    """Checked with the page, and written by `planned`: when a draft is kept, and then when it is published. A draft of
    a page that people read, and a preview, change nothing for them."""

    @cached_property
    def session(self):
        found = Session.objects.filter(key=self.instance.translation_key).first()
        return found or Session(key=self.instance.translation_key, status=Session.Status.OPEN)

    @cached_property
    def place(self):
        data = self.data if self.is_bound else None
        initial = {} if self.session.pk else {"trainers": [self.for_user.pk]}
        return PlaceForm(data, instance=self.session, prefix="session", for_user=self.for_user, initial=initial)

    @cached_property
    def half_days(self):
        return HalfDayFormSet(self.data if self.is_bound else None, session=self.session, prefix="half-days")

    @property
    def is_planned(self):
        """A page that is written by a program, without these fields, leaves its session as it is."""
        return self.is_bound and "half-days-TOTAL_FORMS" in self.data

    def is_valid(self):
        checks = [super().is_valid()]
        if self.is_planned:
            checks += [self.place.is_valid(), self.half_days.is_valid()]
        return all(checks)

    def save(self, commit=True):
        page = super().save(commit)
        if self.is_planned:
            page.planned = self.write
        return page

    @transaction.atomic
    def write(self):
        stored = Session.objects.filter(key=self.instance.translation_key).first()
        if stored and not self.session.pk:
            self.session.pk, self.session.code = stored.pk, stored.code
            self.session._state.adding = False
        if stored:
            self.session.refresh_from_db(fields=["told", "sequence"])
        session = self.place.save()
        self.half_days.save(session)
        if session.has_room:
            Room.objects.of(session)
        return session


class PlanningPanel(Panel):
    class BoundPanel(Panel.BoundPanel):
        template_name = "events/planning.html"

    def __init__(self, **kwargs):
        super().__init__(heading=_("When and where"), **kwargs)

    def clone_kwargs(self):
        kwargs = super().clone_kwargs()
        del kwargs["heading"]
        return kwargs
