"""What the heads of pages say to search engines and to whoever links to them."""

import json
import re

import pytest
from django.template import engines
from django.test import RequestFactory

from tests.factories import EventFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def head(client):
    """A callable that gives what the head of a page says: its title, the content of its <meta>, its links."""

    def read(address, status=200):
        response = client.get(address)
        assert response.status_code == status
        html = response.content.decode().partition("</head>")[0]
        said = dict(re.findall(r'<meta (?:name|property)="(.+?)" content="(.*?)">', html))
        said |= re.findall(r'<link rel="(.+?)" href="(.+?)"', html)
        return said | {"title": re.search("<title>(.+?)</title>", html)[1]}

    return read


def test_title_description_and_address_are_told_for_links_from_elsewhere(head):
    EventFactory(
        reference="E17", title='A "new" workshop & more', kind="seminar", when="2004-09", description="On A < B."
    )
    said = head("/activities/E17/")
    assert said["title"] == "A &quot;new&quot; workshop &amp; more – Bali Process, record of activities"
    assert said["og:title"] == "A &quot;new&quot; workshop &amp; more"
    assert said["og:description"] == said["description"]
    assert "September 2004. On A &lt; B." in said["description"]
    assert said["og:url"] == said["canonical"] == "http://testserver/activities/E17/"
    assert (said["og:type"], said["og:site_name"]) == ("website", "Bali Process, record of activities")


def test_a_filtered_list_is_known_by_what_it_is_filtered_by_and_not_by_what_means_nothing(head):
    assert head("/activities/?colour=red")["canonical"] == "http://testserver/activities/"
    assert head("/activities/?kind=workshop&sort=latest")["canonical"] == "http://testserver/activities/?kind=workshop"


def test_the_pages_of_a_list_are_known_apart(head):
    EventFactory.create_batch(26)
    assert head("/activities/?page=1")["canonical"] == "http://testserver/activities/"
    assert head("/activities/?page=2")["canonical"] == "http://testserver/activities/?page=2"


def test_what_is_not_there_has_no_address(head):
    assert not {"canonical", "og:url"} & head("/nothing-here/", status=404).keys()


def test_every_page_has_the_picture_of_the_site(head, client):
    assert head("/about/")["icon"] == "/static/favicon.svg"
    assert client.get("/favicon.ico")["Location"] == "/static/favicon.ico"


def test_a_description_for_machines_cannot_end_its_block():
    template = engines["django"].from_string("{% load metadata %}{{ value|as_json_ld }}")
    block = template.render({"value": {"name": "</script><!-- & “Việt Nam”"}})
    assert block.startswith('<script type="application/ld+json">')
    assert block.count("<") == 2
    assert "“Việt Nam”" in block
    assert json.loads(block[block.index("{") : block.index("}") + 1]) == {"name": "</script><!-- & “Việt Nam”"}


def test_a_form_from_elsewhere_is_refused_on_a_page_of_the_site():
    from django.views.csrf import csrf_failure

    response = csrf_failure(RequestFactory().post("/admin/login/"), reason="a reason for developers")
    page = response.content.decode()
    assert response.status_code == 403
    assert "This form was not accepted" in page
    assert "a reason" not in page
    assert "canonical" not in page
