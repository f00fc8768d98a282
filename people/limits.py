"""How often something may be asked: one counter an action and a key (an account, a code, an address).

The window is fixed and its number is part of the counter, so that a counter never outlives it.
"""

import hashlib
import logging
import time

from allauth.account.adapter import get_adapter
from django.core.cache import caches
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

logger = logging.getLogger(__name__)

TOO_MANY = _("Too many tries in a short time. Wait a few minutes, then try again.")

SEARCHES = {"limit": 600, "seconds": 600}


def allow(action, key, limit, seconds, count=1):
    """Counts one more, or several at once, and says whether that is within the limit."""
    counter, shared = counter_of(action, key, seconds), caches["shared"]
    shared.add(counter, 0, 2 * seconds)
    try:
        total = shared.incr(counter, count)
    except ValueError:  # dropped meanwhile by a cache that is full: it begins again
        shared.set(counter, count, 2 * seconds)
        total = count
    if total - count < limit <= total:
        logger.warning("Limit reached: %s %s", action, counter.split(":")[2])
    return total <= limit


def is_spent(action, key, limit, seconds):
    """Whether the next one would be refused; counts nothing."""
    return caches["shared"].get(counter_of(action, key, seconds), 0) >= limit


def counter_of(action, key, seconds):
    """Neither a name nor an address is kept in the cache."""
    opaque = hashlib.sha256(str(key).encode()).hexdigest()[:32]
    return f"limit:{action}:{opaque}:{int(time.time() // seconds)}"


def reader_of(request):
    """The account, or else the address: a training centre has one address for everybody."""
    if request.user.is_authenticated:
        return f"account {request.user.pk}"
    return f"address {get_adapter().get_client_ip(request)}"


def searches_too_often(request):
    """Counts a request that looks for a word, on whichever page it does."""
    return bool(request.GET.get("q")) and not allow("search", reader_of(request), **SEARCHES)


def too_many(request):
    """The page of a refusal. Nothing was written, and the page before it still holds what was typed."""
    return told_to_wait(render(request, "429.html", {"sentence": TOO_MANY}))


def told_to_wait(response):
    response.status_code = 429
    response["Retry-After"] = "60"
    return response
