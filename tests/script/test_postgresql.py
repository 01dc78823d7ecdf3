def test_a_server_that_does_not_answer_is_said_in_one_sentence(project, run):
    done = run(project / "script" / "postgresql", "true", TEST_DATABASE_URL="postgresql://nobody@127.0.0.1:1/nothing")

    assert done.returncode == 69
    assert done.stderr == "script/postgresql: no PostgreSQL server answers at TEST_DATABASE_URL.\n"


def test_without_a_command_it_asks_for_one(project, run):
    done = run(project / "script" / "postgresql")

    assert done.returncode == 64
    assert "say which command to run" in done.stderr
