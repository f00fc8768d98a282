"""The register of some sessions as files: its links and what stands beside them, the roots that cover it, the sheets,
and the script that checks it without the platform."""

import io
import json
import zipfile
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string

from home.interface import spoken_in

from . import keys
from .documents.sheet import sheet as draw_sheet
from .models import LockDetail, MarkDetail, RegisterEntry, RegisterLeaf, RegisterRoot
from .sheets import sheet_text

SCRIPT = Path(__file__).parent / "verify_register.py"
MARK_SIDE = ("salt", "printed_name", "reason", "signature")
LOCK_SIDE = ("salt", "printed_name")


def register_archive(sessions, language, now):
    """A ZIP, in memory: some hundreds of kilobytes a session."""
    values = register_of(sessions, now)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as folder:
        folder.writestr("register.json", json.dumps(values, ensure_ascii=False, indent=1))
        folder.writestr(SCRIPT.name, SCRIPT.read_text())
        folder.writestr("README.txt", read_me())
        for number, session in enumerate(sessions, 1):
            text = sheet_text(session, language, now)
            folder.writestr(f"{number:03} {text.date}.pdf".replace("/", "-"), draw_sheet(text))
    return buffer.getvalue()


def register_of(sessions, now):
    ends = RegisterLeaf.objects.filter(session__in=sessions)
    roots = RegisterRoot.objects.filter(ends__in=ends).distinct().order_by("day")
    return {
        "site": settings.PUBLIC_ORIGIN,
        "made_at": now.isoformat(),
        "keys": list(keys.public_keys().values()),
        "sessions": sessions_of(sessions),
        "roots": [root.told(root.ends.all()) for root in roots.prefetch_related("ends__session")],
    }


def sessions_of(sessions):
    """Each register in its order: four queries, whatever their number."""
    beside = beside_links(sessions)
    links = {session.pk: [] for session in sessions}
    entries = RegisterEntry.objects.filter(session__in=sessions).order_by("session", "position")
    for entry in entries.select_related("tombstone"):
        stone = getattr(entry, "tombstone", None)
        more = {"kid": stone.kid, "signature": stone.signature} if stone else {}
        links[entry.session_id].append(
            {"body": entry.body, "digest": entry.digest, "beside": beside.get(entry.pk), **more}
        )
    return [{"session": str(session.code), "links": links[session.pk]} for session in sessions]


def beside_links(sessions):
    """What was sealed, by the pk of its link, where it was not erased."""
    marks = MarkDetail.objects.filter(mark__slot__session__in=sessions).values_list("mark__entry", *MARK_SIDE)
    locks = LockDetail.objects.filter(lock__slot__session__in=sessions).values_list("lock__entry", *LOCK_SIDE)
    found = {pk: dict(zip(MARK_SIDE, values, strict=True)) for pk, *values in marks}
    found.update((pk, dict(zip(LOCK_SIDE, values, strict=True))) for pk, *values in locks)
    return {pk: {name: value for name, value in side.items() if value != []} for pk, side in found.items()}


def read_me():
    """In both languages of the site, whoever asked."""
    return "\n\n".join(in_language(language) for language, _name in settings.LANGUAGES)


def in_language(language):
    with spoken_in(language):
        return render_to_string("certification/register/readme.txt", {"origin": settings.PUBLIC_ORIGIN}).strip()
