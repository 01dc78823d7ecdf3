"""What is found: the same on every database, and the same as by looking at each record in turn."""

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange import starting_record
from library.models import DocumentVersion
from search.engines import engine
from search.find import Found, begun, find, records
from search.models import Indexed
from search.queries import Query
from search.spelling import meant
from search.words import STOP_WORDS
from tests import snapshots
from tests.factories import (
    BodyFactory,
    CountryFactory,
    DocumentFactory,
    DocumentVersionFactory,
    EventFactory,
    InvolvementFactory,
    OutcomeFactory,
    PlaceFactory,
)

from . import scan

pytestmark = pytest.mark.django_db
QUERIES = 240
HARD = re.compile(rf"[-‐'’]|[^\x00-\x7F]|\b({'|'.join(STOP_WORDS)})\b", re.IGNORECASE)

# Titles with what the starting record has little of.
TITLES = [
    "Réunion d’experts à Nouméa sur la traite",
    "Hội thảo Việt Nam – Côte d'Ivoire",
    "Ad-hoc co-chairs’ meeting on O'Brien's e-learning",
    "การประชุมเรื่องการค้ามนุษย์",
    "ກອງປະຊຸມລາວ",
    "កិច្ចប្រជុំកម្ពុជា",
    "လူကုန်ကူးမှု အလုပ်ရုံ",
    "打击人口贩运研讨会",
    "ワークショップ in Tōkyō",
    "U.S.–Asia-Pacific follow-up, 2004-05",
]


def keys_of(query):
    """What the index finds: a set of pairs of a type and a primary key."""
    keys = engine().keys(query, limit=Indexed.objects.count() + 1) if query else ()
    return set(Indexed.objects.filter(key__in=keys).values_list("type", "record"))


@pytest.fixture
def whole_record():
    snapshots.put("starting record", starting_record.load)
    for title in TITLES:
        EventFactory(title=title)
    version = DocumentVersionFactory(document=DocumentFactory(title="Guide"))
    DocumentVersion.objects.filter(pk=version.pk).update(text="Screening interviews.\nAsk who organised the journey.")


def pieces_of(texts, dice):
    """Pieces of texts, of one to three words as they stand there."""
    while True:
        words = dice.choice(texts).split()
        first = dice.randrange(len(words))
        yield " ".join(words[first : first + dice.randint(1, 3)])


def some_queries(texts, dice):
    """Queries made of texts of the record, one in three with something hard, in every form that can be asked."""
    pieces = pieces_of(texts, dice)
    for number in range(QUERIES):
        piece = next(each for each in pieces if number % 3 or HARD.search(each))
        form = (
            piece,
            f'"{piece}"',
            f"{piece} -{next(pieces)}",
            f"{piece[: max(2, len(piece) - 2)]}*",
            f"{piece} OR {next(pieces)}",
            f'{piece} -"{next(pieces)}"',
            piece.upper(),
            f'"{piece}" OR {next(pieces)}',
        )
        yield form[number % len(form)]


def test_queries_of_the_records_own_words_find_what_looking_at_each_finds(whole_record):
    indexed = Indexed.objects.order_by("type", "code")
    texts = [
        text for row in indexed.values_list("title", "names", "named") for text in "\n".join(row).split("\n") if text
    ]
    documents = scan.documents()
    queries = list(some_queries(texts, random.Random(9)))
    assert len([text for text in queries if HARD.search(text)]) >= QUERIES / 3
    wrong = [text for text in queries if keys_of(Query(text)) != scan.found(Query(text), documents)]
    assert not wrong
    assert len([text for text in queries if keys_of(Query(text))]) > QUERIES / 2


def test_what_a_query_finds_is_counted_by_type_and_listed_whole(whole_record):
    for text in ("traffick*", '"people smuggling"', "workshop OR meeting", "Indonesia -training"):
        found = find(text)
        listed = [hit for page in range(1, found.pages + 1) for hit in found.page(page)]
        assert len(listed) == found.all == len({hit.key for hit in listed})
        for documents, number in found.counts.items():
            assert find(text, documents.type).total == number
            assert len(records(text, documents.type)) == number


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Officials’ meeting on co-chairs", "official cochair"),
        ("Officials’ meeting on co-chairs", "CO-CHAIR officials'"),
        ("Senior cochairs", "co-chair"),
        ("Việt Nam", "viet nam"),
        ("Viet Nam", "Việt"),
        ("Nouméa", "noumea"),
        ("Côte d’Ivoire", "ivoire"),
        ("Côte d’Ivoire", "cote d'ivoire"),
        ("The O’Brien report", "obrien"),
        ("Travel to the U.S.", "us travel"),
        ("Returns of documents", '"return of document"'),
        ("การประชุมเรื่องการค้ามนุษย์", "ค้ามนุษย์"),
        ("打击人口贩运研讨会", "贩运"),
        ("打击人口贩运研讨会", "会"),
        ("Follow-up", "follow up"),
        ("Trafficking in persons", "traffickin*"),
        ("Łódź meeting", "lodz"),
        ("ＦＵＬＬ width", "full"),
        ("Tōkyō", "TOKYO"),
        ("Viet Nam", "vietnam"),
        ("Hong Kong", "hongk*"),
    ],
)
def test_a_title_is_found_however_it_is_written(title, text):
    EventFactory(title=title, kind="other")
    assert [hit.title for hit in find(text).page()] == [title]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Fraud in documents", '"document fraud"'),
        ("Training of trainers", "training -trainer"),
        ("India", "in"),
        ("打击人口贩运", "口人"),
        ("Seoul workshop", "seoul -workshop"),
        ("Seoul workshop", "seoul –workshop"),
        ("Smuggling", "trafficking"),
    ],
)
def test_what_was_not_asked_for_is_not_found(title, text):
    EventFactory(title=title, kind="other")
    assert not find(text).all


def test_a_country_and_its_activities_are_found_by_any_name():
    country = CountryFactory(name="Republic of Korea", alpha2="KR", alpha3="KOR", names=["ROK", "South Korea"])
    event = InvolvementFactory(participant=country).event
    for text in ("ROK", "south korea", "KOR", '"Republic of Korea"'):
        assert [(hit.type, hit.record) for hit in find(text).page()] == [
            ("countries", country.pk),
            ("events", event.pk),
        ]
    assert [hit.type for hit in find("KR").page()] == ["countries"]


def test_a_name_of_two_words_is_found_as_one_wherever_it_is_named():
    country = CountryFactory(name="Hong Kong SAR", alpha2="HK", names=["Hong Kong"])
    event = InvolvementFactory(participant=country, event__place=PlaceFactory(city="Kuala Lumpur")).event
    assert {hit.record for hit in find("Hongkong").page()} == {country.pk, event.pk}
    assert {hit.record for hit in find("kualalumpur").page()} == {event.pk}
    assert meant(Query("Hongkonk")) == "hongkong"


def test_a_title_stands_above_a_mention_and_the_latest_first():
    EventFactory(reference="E1", title="Workshop", description="About visas.", when="2010")
    EventFactory(reference="E2", title="Visas before", when="2003")
    EventFactory(reference="E3", title="Visas again", when="2005")
    EventFactory(reference="E4", title="Meeting", description="Visas.", when="2011")
    EventFactory(reference="E5", title="Visas, some time", when="")
    assert [hit.code for hit in find("visas").page()] == ["E3", "E2", "E5", "E4", "E1"]


def test_what_is_called_exactly_so_stands_above_all_whose_names_have_more_words():
    BodyFactory(name="Steering Group", names=["Bali Process Steering Group"])
    exact = BodyFactory(name="Bali Process")
    BodyFactory(name="Ministers", names=["Bali Process Ministerial Conference"])
    for asked in ("bali process", "“Bali Process”", "Bali-Process"):
        assert find(asked).page()[0].record == exact.pk
        assert {hit.type for hit in find(asked).page()} == {"bodies"}
    assert begun("Bali Process")[0].record == exact.pk


def test_a_body_stands_above_activities_that_have_its_name():
    EventFactory(title="Technical Experts Group")
    BodyFactory(name="Technical Experts Group")
    assert [hit.type for hit in find("technical experts").page()] == ["bodies", "events"]


def test_a_year_and_a_kind_are_words_too():
    EventFactory(title="Targeting", kind="workshop", when="2004-09-06")
    assert find("workshop september 2004").all == 1
    assert find("workshop 2005").all == 0


def test_a_reference_finds_its_record():
    event = EventFactory(reference="E17")
    OutcomeFactory(reference="O4", event=event)
    assert [hit.code for hit in find("e17").page()] == ["E17"]
    assert [hit.code for hit in find("O4").page()] == ["O4"]


def test_while_one_types_titles_are_found_by_their_beginnings():
    EventFactory(title="Human trafficking")
    EventFactory(title="Meeting", description="On trafficking.")
    for text in ("tr", "traffic", "traffickin", "human traff", "HUMAN T"):
        assert [hit.title for hit in begun(text)] == ["Human trafficking"]
    assert not begun("")


def test_pages_follow_each_other_from_titles_to_mentions():
    for number in range(30):
        EventFactory(title=f"Visas {number}")
        EventFactory(title=f"Meeting {number}", description="Visas")
    found = find("visas")
    pages = [found.page(number) for number in (1, 2, 3)]
    assert list(map(len, pages)) == [25, 25, 10]
    assert found.pages == 3
    titles = [hit.title for page in pages for hit in page]
    assert len(set(titles)) == 60
    assert all(title.startswith("Visas") for title in titles[:30])


# --- What cannot be understood ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "", " ", '"', '""', '"open', "-", "--", "-a", '-"a b"', "the", '"of the"', "*", "a*", "OR", "OR OR", "a OR",
        "OR a", "| |", "\0", "a\0b", "a" * 10_000, "a " * 5_000, "- -a -b", "' OR 1=1 --", "%", "_", "\\", "NEAR(a b)",
        "title:x", "a AND b NOT c", "(((", "😀", "\ud800", "¹²³", "’", "a\nb\tc", "<b>", "&amp;", "NULL", "\u202e", "ﷺ",
    ],
)  # fmt: skip
def test_nothing_that_somebody_types_fails(text):
    EventFactory(title="a b")
    found = find(text)
    assert found.all >= len(found.page()) >= 0
    assert isinstance(begun(text), list)
    assert isinstance(meant(found.query), str)


@given(st.text(alphabet=st.sampled_from("ab-\"'*’ |OR\0né會คา้.,¹%_\\()&<>!:")))
def test_no_mix_of_signs_fails(text):
    found = Found(Query(text))
    assert found.all == len(found.keys(1000))


def test_only_what_is_unwanted_asks_for_nothing():
    EventFactory()
    assert not find("-training").all
    assert records("-training", "events") is None


def test_what_is_left_out_of_account_is_known():
    assert Query("returns of the documents").left_out == ["of", "the"]
    assert Query("returns d*").left_out == ["d*"]
    assert not find("d*").all


@pytest.mark.parametrize("long", ["visa " * 25, "vis* " * 9, "visa OR " * 25, '"ax bz" OR ' * 9, "-ax-bz " * 9])
def test_what_takes_long_to_find_is_looked_for_in_part(long):
    assert Query(long).is_cut
    assert not Query(long[:12]).is_cut


# --- Spelling ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("trafficing", "trafficking"),
        ("human trafficing", "human trafficking"),
        ("Indonezia", "indonesia"),
        ("trafficking", ""),
        ("qqqqqqqq", ""),
        ("-trafficing", ""),
    ],
)
def test_what_is_nearly_spelled_as_something_is_called_is_taken_for_it(text, said):
    CountryFactory(name="Indonesia", alpha2="ID")
    InvolvementFactory(participant__name="Indonesia Police", event__title="Human trafficking")
    assert meant(Query(text)) == said


def test_a_spelling_that_finds_nothing_any_more_is_not_offered():
    event = EventFactory(title="Smuggling")
    assert meant(Query("smugling")) == "smuggling"
    Indexed.objects.filter(record=event.pk).delete()
    assert meant(Query("smugling")) == ""


# --- Excerpts ---------------------------------------------------------------------------------------------------------


def excerpt_of(text, **fields):
    EventFactory(**fields)
    (hit,) = find(text).page()
    return hit.excerpt


def test_an_excerpt_marks_the_words_and_cuts_none():
    words = " ".join(f"word{number}" for number in range(200))
    shown = excerpt_of("visa", title="Meeting", description=f"{words} about visas and more {words}")
    assert "<mark>visas</mark>" in shown
    assert len(shown) < 400
    assert shown.startswith("… word")
    assert shown.endswith(" …")


def test_an_excerpt_is_safe():
    shown = excerpt_of("visa", title="Meeting", description="<script>alert(1)</script> visas & <b>")
    assert shown == "&lt;script&gt;alert(1)&lt;/script&gt; <mark>visas</mark> &amp; &lt;b&gt;"


def test_a_name_that_was_asked_for_is_shown():
    country = CountryFactory(name="Republic of Korea", alpha2="KR", names=["ROK"])
    InvolvementFactory(participant=country)
    shown = {hit.type: hit.excerpt for hit in find("ROK").page()}
    assert "<mark>ROK</mark>" in shown["events"]


def test_a_heading_is_marked():
    EventFactory(title="On “visas” & passports")
    (hit,) = find("visa").page()
    assert hit.heading == "On “<mark>visas</mark>” &amp; passports"


def test_words_deep_in_a_file_are_shown():
    document = DocumentFactory(title="Report")
    version = DocumentVersionFactory(document=document)
    DocumentVersion.objects.filter(pk=version.pk).update(
        text="Lorem ipsum.\n" * 5_000 + "The quokka was asked.\n" + "dolor " * 900
    )
    (hit,) = find("quokkas").page()
    assert "The <mark>quokka</mark> was asked." in hit.excerpt


def test_as_many_queries_for_thirty_as_for_one(django_assert_max_num_queries, django_assert_num_queries):
    EventFactory(title="Visas")
    assert find("visas").all == 1
    with django_assert_num_queries(4):
        found = find("visas")
        assert found.all == len(found.page())
    for number in range(40):
        EventFactory(title=f"Visas {number}")
    assert find("visas").all == 41
    with django_assert_max_num_queries(4):
        found = find("visas")
        assert found.all > len(found.page()) == 25
