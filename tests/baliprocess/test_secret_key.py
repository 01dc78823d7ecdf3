from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ImproperlyConfigured

from baliprocess import secret_key


def test_a_key_is_made_once_and_kept(tmp_path):
    first = secret_key.kept_in(tmp_path / "secret_key")

    assert len(first) >= 50
    assert secret_key.kept_in(tmp_path / "secret_key") == first


def test_only_its_owner_can_read_the_key(tmp_path):
    secret_key.kept_in(tmp_path / "secret_key")

    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_all_who_start_at_once_get_the_same_key_and_leave_nothing_else_behind(tmp_path):
    with ThreadPoolExecutor(16) as pool:
        keys = set(pool.map(secret_key.kept_in, [tmp_path / "secret_key"] * 16))

    assert len(keys) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_whoever_comes_second_takes_the_key_of_the_first(tmp_path):
    path = tmp_path / "secret_key"
    first = secret_key.kept_in(path)

    secret_key.make(path)

    assert secret_key.kept_in(path) == first


@pytest.mark.parametrize("text", ["", "short\n"])
def test_a_file_without_a_whole_key_is_refused_by_name(tmp_path, text):
    path = tmp_path / "secret_key"
    path.write_text(text)

    with pytest.raises(ImproperlyConfigured, match="secret_key holds no whole secret key: delete it"):
        secret_key.kept_in(path)
