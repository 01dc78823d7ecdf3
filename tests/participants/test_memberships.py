"""Memberships, told in a sentence."""

from participants.memberships import in_words
from participants.models import Body, Membership


def member(name, **details):
    return Membership(body=Body(name=name), **details)


def test_present_memberships_are_told_by_what_one_is():
    memberships = [member("Ad Hoc Group"), member("Office", role="co-manager"), member("Steering Group")]
    assert in_words(memberships) == "Member of the Ad Hoc Group and the Steering Group. Co-manager of the Office."


def test_past_memberships_come_last_and_are_said_to_be_past():
    assert (
        in_words([member("Office", left="2005"), member("Group")]) == "Member of the Group. Once member of the Office."
    )


def test_nothing_is_said_where_there_is_no_membership():
    assert in_words([]) == ""
