"""Tasks: files are read at once or, where one is configured, by a worker (`manage.py db_worker`)."""

from django_tasks import task

from . import reading
from .models import DocumentVersion


@task()
def read_version(pk):
    """Take the words out of the file of a version, given by its primary key; one that is gone needs none."""
    version = DocumentVersion.objects.filter(pk=pk).defer("text").first()
    if version:
        reading.read(version)
