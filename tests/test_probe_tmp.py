from tests.lms.conftest import folder
from tests.lms.test_load_content import *
def test_z():
    load()
    with CaptureQueriesContext(connection) as captured:
        said = load()
    for q in captured.captured_queries:
        if q["sql"].startswith(WRITES): print(q["sql"][:400])
