"""For a worker in a process of its own, which a test starts, kills and starts again on its own database."""

import os

from lms.settings.test import *  # noqa: F403
from lms.settings.test import STORAGES, TASKS

TASKS["background"] = {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}
STORAGES["private"]["OPTIONS"]["location"] = os.environ["PRIVATE_ROOT"]
