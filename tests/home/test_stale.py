"""A form that was opened before somebody signed in or out in another tab."""

import pytest
from django.test import Client


@pytest.mark.parametrize(
    ("address", "words"),
    [("/fr/compte/login/", "Cette page est restée ouverte trop longtemps"),
     ("/nl/account/login/", "Deze pagina stond te lang open")],
)  # fmt: skip
@pytest.mark.django_db
def test_it_is_refused_in_the_language_of_the_page(address, words):
    response = Client(enforce_csrf_checks=True).post(address, {"login": "x"})
    assert response.status_code == 403 and words in response.content.decode()
