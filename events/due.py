"""What falls due each minute. A room adds its own in its `due.py`, which is found when the site starts; a job may run
again at any time, in several processes at once."""

JOBS = []


def due(job):
    """Marks a function of the moment as a job."""
    JOBS.append(job)
    return job
