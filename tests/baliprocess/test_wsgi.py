from wsgiref.util import setup_testing_defaults

import pytest


@pytest.mark.django_db
def test_a_server_finds_the_application_and_gets_an_answer():
    from baliprocess.wsgi import application

    environment, answered = {"PATH_INFO": "/admin/login/"}, []
    setup_testing_defaults(environment)
    application(environment | {"HTTP_HOST": "localhost"}, lambda status, headers: answered.append(status))

    assert answered == ["200 OK"]
