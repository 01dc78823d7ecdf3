"""The back office in a real browser."""

import pytest

from baliprocess.roles import ROLES


@pytest.mark.parametrize("role", [None, *ROLES])
def test_everybody_of_the_staff_signs_in_and_reads_a_draft_without_a_complaint(sign_in, role):
    page = sign_in(role)
    page.goto("/admin/events/event/")
    page.get_by_role("link", name="E26").first.click()
    page.wait_for_url("**/change/")
    assert "Operationalising Immigration Intelligence workshop" in page.content()
