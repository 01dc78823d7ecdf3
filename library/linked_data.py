"""What the library holds as machines read it: schema.org in JSON-LD."""

from django.urls import reverse

from events.linked_data import mentioned
from participants.linked_data import mention, type_of
from records.linked_data import as_page, dates, described


def document(document, *, authors, versions, absolute):
    """A document with its authors and its last file.

    authors    whom it is by, each with `seen`, whether it has a page
    versions   its files, the latest first
    absolute   makes a whole address of a path
    """
    last = versions[0] if versions else None
    event = document.event if document.event_id and document.event.is_published else None
    collection = document.collection if document.collection_id and document.collection.is_published else None
    return as_page(
        described(
            "DigitalDocument",
            name=document.title,
            identifier=document.reference,
            url=absolute(document.get_absolute_url()),
            additionalType=document.get_kind_display(),
            description=document.description,
            text=document.text,
            inLanguage=document.language,
            datePublished=dates(document.issued)[0],
            author=[author_as(author, absolute) for author in authors],
            about=mention(document.country, absolute) if document.country_id else None,
            releasedEvent=mentioned(event, absolute) if event else None,
            isPartOf=part_of(collection, absolute),
            encoding=file(document, last, absolute),
            version=str(last.number) if last else None,
            sameAs=document.url,
        )
    )


def instrument(instrument, *, developers, event, document, absolute):
    """An instrument with those who developed it, the activity it came of, and the document in which it stands."""
    makers = [*developers, *([instrument.body] if instrument.body_id and not developers else [])]
    return as_page(
        described(
            "CreativeWork",
            name=instrument.name,
            identifier=instrument.slug,
            url=absolute(instrument.get_absolute_url()),
            additionalType=instrument.get_kind_display(),
            description=instrument.description,
            dateCreated=dates(instrument.agreed)[0],
            creator=[mention(maker, absolute) for maker in makers],
            releasedEvent=mentioned(event, absolute) if event else None,
            encoding=described("DigitalDocument", name=document.title, url=absolute(document.get_absolute_url()))
            if document
            else None,
            sameAs=instrument.url,
        )
    )


def author_as(author, absolute):
    return mention(author, absolute) if author.seen else described(type_of(author.kind), name=author.name)


def part_of(collection, absolute):
    if not collection:
        return None
    return described("Collection", name=collection.name, url=absolute(collection.get_absolute_url()))


def file(document, version, absolute):
    if not version:
        return None
    return described(
        "MediaObject",
        name=version.name,
        contentUrl=absolute(reverse("library:file", args=[document.reference, version.number])),
        encodingFormat=version.media_type,
        contentSize=f"{version.size} B",
        sha256=version.sha256,
    )
