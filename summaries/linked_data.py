"""Editions as machines read them: schema.org in JSON-LD."""

from django.urls import reverse

from records.linked_data import as_page, dates, described


def edition(edition, files, absolute):
    """An edition with the formats that it can be had in; `absolute` makes a whole address of a path."""
    issued, _last = dates(edition.issued)
    _first, until = dates(edition.date)
    return as_page(
        described(
            "Report",
            identifier=edition.reference,
            name=edition.title,
            url=absolute(edition.get_absolute_url()),
            datePublished=issued,
            temporalCoverage=f"../{until}" if until else "",
            inLanguage="en",
            encoding=[
                described(
                    "MediaObject",
                    encodingFormat=format.media_type.split(";")[0],
                    contentUrl=absolute(reverse("summaries:edition_file", args=[edition.reference, name])),
                )
                for name, format in files.items()
            ],
        )
    )
