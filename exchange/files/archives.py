"""Archives: zip files, nothing of which is unpacked before their directory says that it is little enough."""

import struct
import zlib
from zipfile import BadZipFile, LargeZipFile, ZipFile

from django.conf import settings
from django.template.defaultfilters import filesizeformat

from ..problems import UnreadableFile

END = b"PK\x05\x06"
TAIL = 22 + 65535  # the end of the directory, and the longest comment after it
LONGEST_DIRECTORY = 1 << 20
SMALL = 10 << 20
ENCRYPTED = 1
# What reading a member raises that is damaged, or packed in a way that is not known here.
BROKEN = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)
DAMAGED = "This file is damaged: it cannot be unpacked. Save it again, or fetch it again."


def opened(path):
    """The ZipFile of a path, checked. Raises UnreadableFile for what is damaged, encrypted or far too large."""
    check_directory(path)
    try:
        archive = ZipFile(path)
    except (BadZipFile, LargeZipFile, OSError, ValueError, UnicodeDecodeError, NotImplementedError):
        raise UnreadableFile(DAMAGED) from None
    try:
        check_members(archive.infolist(), path.stat().st_size)
    except UnreadableFile:
        archive.close()
        raise
    return archive


def check_directory(path):
    """Refuse a directory too long to be read, or none."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - TAIL))
        tail = file.read()
    position = tail.rfind(END)
    if position < 0 or position + 16 > len(tail):
        raise UnreadableFile(DAMAGED)
    (length,) = struct.unpack_from("<L", tail, position + 12)
    if length > LONGEST_DIRECTORY:
        raise UnreadableFile("This file packs far too many files: it is neither a workbook nor a document.")


def check_members(members, size):
    """Refuse what is protected, or would unpack to too much."""
    if any(member.flag_bits & ENCRYPTED for member in members):
        raise UnreadableFile("This file is protected with a password: take it off, and save it again.")
    unpacked = sum(member.file_size for member in members)
    most = settings.IMPORT_MAX_UNPACKED_BYTES
    if unpacked > most:
        raise UnreadableFile(
            f"This file would unpack to {filesizeformat(unpacked)}, and {filesizeformat(most)} are the most: split it."
        )
    if unpacked > SMALL and unpacked > size * settings.IMPORT_MAX_ZIP_RATIO:
        times = f"{unpacked // max(size, 1):,}"
        raise UnreadableFile(
            f"This file would unpack to {times} times its size, and {settings.IMPORT_MAX_ZIP_RATIO} times are the "
            "most: it looks like an attack. Save it again with a spreadsheet program, or as CSV."
        )
