"""What the search index holds of editions of the Summary of Activities."""

from search.documents import Belongs, Document, Documents, rank_of_day

from .models import Edition, Entry, Section


class EditionDocuments(Documents):
    type = "editions"
    label = "Summaries"
    one = "Summary"
    model = Edition
    number = 10
    rests = (Belongs(Section, "edition"), Belongs(Entry, "edition"))

    def documents(self, records):
        editions = list(records.order_by("pk"))
        texts = texts_of([edition.pk for edition in editions])
        for edition in editions:
            yield Document(
                record=edition.pk,
                code=edition.reference,
                address=edition.get_absolute_url(),
                title=edition.title,
                more="\n".join(texts.get(edition.pk, ())),
                when=str(edition.date),
                rank=rank_of_day(edition.date.starts_on if edition.date else None),
            )


def texts_of(editions):
    """What is printed in editions, in its order: {primary key: [text]}. Two queries."""
    printed = {}
    sections = Section.objects.filter(edition__in=editions).order_by("edition", "number")
    for edition, number, heading, note in sections.values_list("edition", "number", "heading", "note"):
        printed.setdefault(edition, {})[number] = [heading, note]
    entries = Entry.objects.filter(edition__in=editions).in_order()
    for edition, number, text in entries.values_list("edition", "section__number", "text"):
        printed.setdefault(edition, {}).setdefault(number, []).append(text)
    return {
        edition: [text for texts in by_number.values() for text in texts if text]
        for edition, by_number in printed.items()
    }
