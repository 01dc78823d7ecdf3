from threading import Thread

import pytest
from django.db import connection
from django.db.models import Q

from events.models import Event
from records.prepared import Prepared
from tests.factories import EventFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def by_key():
    return Prepared(lambda keys: Event.objects.filter(pk__among=keys).select_related("place__country").order_by("pk"))


def test_a_prepared_query_finds_what_its_query_set_does(by_key):
    events = [EventFactory(when=when) for when in ("2004", "2005-03", "")]
    for keys in ([events[0].pk], [events[2].pk, events[1].pk], [], [0]):
        plain = Event.objects.filter(pk__in=keys).order_by("pk")
        assert [(each.pk, each.when, each.place) for each in by_key(keys)] == [
            (each.pk, each.when, each.place) for each in plain
        ]


def test_it_sees_what_was_written_since_it_was_asked_last(by_key):
    event = EventFactory(title="Before")
    assert [each.title for each in by_key([event.pk])] == ["Before"]
    Event.objects.filter(pk=event.pk).update(title="After")
    assert [each.title for each in by_key([event.pk])] == ["After"]
    Event.objects.filter(pk=event.pk).delete()
    assert by_key([event.pk]) == []


def test_it_may_look_for_its_keys_in_several_columns_and_for_texts():
    first, second = EventFactory(reference="E901", title="E902"), EventFactory(reference="E902")
    found = Prepared(
        lambda references: (
            Event.objects.filter(Q(reference__among=references) | Q(title__among=references))
            .order_by("pk")
            .values_list("pk", "starts_on")[:5]
        )
    )
    assert found(["E902"]) == [(first.pk, first.starts_on), (second.pk, second.starts_on)]
    assert found(["E901"]) == [(first.pk, first.starts_on)]
    assert found(['E901"]']) == []


def test_it_takes_one_query(by_key, django_assert_num_queries):
    event = EventFactory()
    by_key([event.pk])
    with django_assert_num_queries(1):
        assert by_key([event.pk])[0].place is None


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_by_its_own_connection(by_key):
    event, found = EventFactory(), []
    assert by_key([event.pk]) == [event]

    def ask():
        found.extend(by_key([event.pk]))
        connection.close()

    thread = Thread(target=ask)
    thread.start()
    thread.join()
    assert found == [event]
