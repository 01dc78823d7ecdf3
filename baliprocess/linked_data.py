"""The record as a whole as machines read it: schema.org in JSON-LD."""

from django.urls import reverse

from records.linked_data import as_page, described

from . import licence

NAME = "Bali Process, record of activities"


def dataset(types, absolute):
    """The data that can be taken away, a file for each of the types."""
    return as_page(
        described(
            "Dataset",
            name=NAME,
            description="The activities of the Bali Process on people smuggling, trafficking in persons and related "
            "transnational crime since 2002: when, where, who had which part in them and what came of them.",
            url=absolute(reverse("data")),
            license=licence.ADDRESS,
            isAccessibleForFree=True,
            distribution=[
                described(
                    "DataDownload",
                    name=each["title"],
                    contentUrl=absolute(reverse("data_file", args=[each["type"]])),
                    encodingFormat="text/csv",
                )
                for each in types
            ],
        )
    )
