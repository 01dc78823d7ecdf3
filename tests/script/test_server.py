import socket

import pytest


@pytest.fixture
def taken_port():
    with socket.socket() as somebody:
        somebody.bind(("127.0.0.1", 0))
        somebody.listen()
        yield str(somebody.getsockname()[1])


def test_a_port_that_is_taken_is_said_in_one_sentence_and_nothing_is_written(project, run, taken_port):
    done = run(project / "script" / "server", PORT=taken_port, VAR_DIRECTORY=str(project / "var"))

    assert done.returncode == 1
    assert done.stderr.startswith(f"script/server: port {taken_port} of 127.0.0.1 is taken")
    assert done.stderr.count("\n") == 1
    assert not (project / "var").exists()


@pytest.mark.parametrize("port", ["99999", "eighty"])
def test_a_port_that_is_none_is_refused(project, run, port):
    done = run(project / "script" / "server", PORT=port)

    assert done.returncode == 1
    assert f"port {port} of 127.0.0.1 cannot be served" in done.stderr
