"""What falls due each minute. A room adds its own in its `due.py`, which is found when the site starts; a job may run
again at any time, in several processes at once."""

import logging
from contextlib import contextmanager

logger = logging.getLogger(__name__)
JOBS = []


def due(job):
    """Marks a function of the moment as a job."""
    JOBS.append(job)
    return job


@contextmanager
def survived(what):
    """What fails inside is in the log and waits for the next time; what comes after it goes on."""
    try:
        yield
    except Exception:
        logger.exception("%s waits for the next time.", what)
