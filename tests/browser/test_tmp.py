from tests.browser import demo
from courses.models import *
from events.models import *
import time
def test_x(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        t=time.time()
        with demo.copy():
            print("BUILD", time.time()-t)
            for p in Lesson.objects.filter(locale__language_code="fr"): print(p.get_url(), bool(p.sensitive))
            for s in Session.objects.all(): print(s.status, s.capacity, s.key)
        t=time.time()
        with demo.copy(): print("copy", time.time()-t)
