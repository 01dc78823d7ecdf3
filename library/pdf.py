"""The text of a PDF, page by page, but for what it says is none of its text."""

SHOWING = (b"Tj", b"TJ", b"'", b'"')  # the operators of PDF that show text


def pages_of(path):
    """The text of each page, as its lines are broken there. Raises one of `unsound()`."""
    from pypdf import PdfReader

    for page in PdfReader(path).pages:
        yield without_artifacts(page).extract_text().rstrip().replace("\0", "")


def unsound():
    """What is raised for a file that is no sound PDF, or is locked with a password."""
    from pypdf.errors import PyPdfError

    return PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError


def without_artifacts(page):
    """A page without the text that is marked as an artifact: running heads and numbers of pages."""
    from pypdf.generic import ContentStream, NameObject

    content = page.get_contents()
    if content is None or b"/Artifact" not in content.get_data():
        return page
    content = ContentStream(content, page.pdf, "bytes")
    kept, open_marks = [], []
    for operands, operator in content.operations:
        if operator in (b"BMC", b"BDC"):
            open_marks.append(operands[0] == "/Artifact")
        elif operator == b"EMC" and open_marks:
            open_marks.pop()
        if operator not in SHOWING or not any(open_marks):
            kept.append((operands, operator))
    content.operations = kept
    page[NameObject("/Contents")] = content
    return page
