"""What descriptions of records for machines (schema.org in JSON-LD) have in common."""

CONTEXT = "https://schema.org"


def described(type, **properties):
    """The description of something of a type, without the properties that nothing is known of."""
    return {"@type": type} | {name: value for name, value in properties.items() if value not in (None, "", [])}


def as_page(subject):
    """The description of a page's subject, complete in itself."""
    return {"@context": CONTEXT, **subject}


def dates(partial_date):
    """The ends of a partial date in ISO 8601, as exact as it is: first and last, each blank where it is not known.

    ISO knows neither "about" nor seasons: of a season the year is told, and nothing of one that spans two.
    """
    ends = [iso_date(point) for point in partial_date.points]
    return (ends[0], ends[-1]) if ends else ("", "")


def iso_date(point):
    if point.starts_on.year != point.ends_on.year:
        return ""
    if point.month is None or point.month > 12:
        return f"{point.year:04}"
    return point._replace(qualifier="").edtf
