from __future__ import annotations

import pytest
from archive_pages import new_archive, page

from db.archive import Archive, ArchiveError
from db.read.run_outcomes import run_issues
from db.upkeep.log import status
from parsers.models import Issue

TIMEOUT = Issue("error", "timeout", "no byte for a second")


def open_issues(archive):
    return [(row["publisher"], row["code"], row["level"], row["count"], row["example_url"]) for row in archive.open_issues()]


def test_a_run_ends_with_its_counts(archive):
    run = archive.runs.begin("crawl", ("sobh",))
    assert archive.run_log()[0] | {"started_at": "", "finished_at": ""} == {
        "run_id": 1, "command": "crawl", "started_at": "", "finished_at": "", "status": "running", "discovered": 0,
        "fetched": 0, "not_modified": 0, "inserted": 0, "updated": 0, "unchanged": 0, "failed": 0,
    }  # fmt: skip
    archive.runs.count(run, {"discovered": 4})
    archive.runs.finish(run, "failed", {"fetched": 3, "failed": 1})
    log = archive.run_log()[0]
    assert (log["status"], log["discovered"], log["fetched"], log["failed"]) == ("failed", 4, 3, 1)
    assert log["finished_at"] >= log["started_at"]


@pytest.mark.survives("SIGKILL", "the log of runs", "`interrupted` from the next run on")
def test_a_run_that_was_killed_is_called_interrupted_by_the_next(archive):
    archive.runs.begin("crawl")
    archive.runs.begin("add")
    assert [(row["status"], row["finished_at"]) for row in archive.run_log()] == [("running", None), ("interrupted", None)]
    assert len(archive.run_log(limit=1)) == 1


def test_a_run_that_was_killed_is_interrupted_before_the_next_run_too(tmp_path):
    path = tmp_path / "archive.db"
    with new_archive(path) as archive:
        archive.runs.finish(archive.runs.begin("add"), "done")
        archive.runs.begin("crawl")
        assert [row["status"] for row in archive.run_log()] == ["running", "done"]
        with Archive(path, readonly=True) as reader:
            assert reader.run_log()[0]["status"] == "running"
            assert run_issues(reader.db) == ()
    with Archive(path, readonly=True) as reader:
        assert [row["status"] for row in reader.run_log()] == ["interrupted", "done"]
        assert [(issue.level, issue.code) for issue in run_issues(reader.db)] == [("warning", "run_interrupted")]
        assert status(reader.db, path)["last_run"].startswith("crawl interrupted ")


@pytest.mark.parametrize(
    ("runs", "found"),
    [
        ([("add", "failed", 3)], ["run_failed"]),
        ([("add", "failed", 3), ("crawl", "done", 0)], ["run_failed"]),  # what add could not store is not there yet
        ([("add", "failed", 3), ("add", "done", 0)], []),
        ([("add", "failed", 0)], []),  # its trouble is in the issues
        ([("crawl", "failed", 3)], []),  # so are addresses that gave nothing
    ],
)
def test_what_the_latest_run_of_a_command_could_not_store_stays_in_health(archive, runs, found):
    for command, ended, failed in runs:
        archive.runs.finish(archive.runs.begin(command), ended, {"failed": failed})
    assert [issue.code for issue in run_issues(archive.db)] == found


def test_an_open_issue_says_what_was_said_last(archive):
    run = archive.runs.begin("crawl", ("sobh",))
    archive.runs.note_issue(run, "sobh", TIMEOUT, url="https://sobh.example/1")
    archive.runs.note_issue(run, "sobh", Issue("error", "timeout", "no byte for an hour"))
    assert archive.open_issues()[0]["message"] == "no byte for an hour"
    assert status(archive.db, archive.path)["open_issues"] == len(archive.open_issues())


def test_an_unknown_count_is_refused(archive):
    with pytest.raises(ArchiveError, match="stored"):
        archive.runs.count(archive.runs.begin("add"), {"stored": 1})


def test_issues_are_counted_by_publisher_and_code_and_show_their_gravest_level_and_last_place(archive):
    run = archive.runs.begin("crawl", ("sobh", "asr"))
    archive.runs.note_issue(run, "sobh", TIMEOUT, url="https://sobh.example/1")
    archive.runs.note_issue(run, "sobh", Issue("warning", "timeout", "slow"), url="https://sobh.example/2")
    archive.runs.note_issue(run, "asr", Issue("info", "robots_disallowed", "not asked for"))
    assert open_issues(archive) == [
        ("sobh", "timeout", "error", 2, "https://sobh.example/2"),
        ("asr", "robots_disallowed", "info", 1, None),
    ]
    assert archive.runs.issues_met(run, "warning", "error") == 2


def test_an_issue_closes_when_a_later_run_of_its_publisher_goes_without_it(archive):
    first = archive.runs.begin("crawl", ("sobh", "asr"))
    for publisher in ("sobh", "asr"):
        archive.runs.note_issue(first, publisher, TIMEOUT)
        archive.runs.note_issue(first, publisher, Issue("info", "bad_charset", "cp1256"))
    archive.runs.finish(first, "failed")
    assert len(open_issues(archive)) == 4
    second = archive.runs.begin("crawl", ("sobh",))
    archive.runs.note_issue(second, "sobh", TIMEOUT)
    archive.runs.finish(second, "failed")
    assert [issue[:2] for issue in open_issues(archive)] == [("asr", "timeout"), ("sobh", "timeout"), ("asr", "bad_charset")]
    assert open_issues(archive)[1][3] == 2


def test_an_interrupted_run_closes_nothing(archive):
    first = archive.runs.begin("crawl", ("sobh",))
    archive.runs.note_issue(first, "sobh", TIMEOUT)
    archive.runs.finish(first, "failed")
    archive.runs.begin("crawl", ("sobh",))
    archive.runs.begin("crawl", ("asr",))
    assert len(open_issues(archive)) == 1


def test_an_issue_that_comes_back_counts_from_one_again(archive):
    for codes in (("timeout",), (), ("timeout",)):
        run = archive.runs.begin("crawl", ("sobh",))
        for _ in codes:
            archive.runs.note_issue(run, "sobh", TIMEOUT)
        archive.runs.finish(run, "done")
    assert open_issues(archive) == [("sobh", "timeout", "error", 1, None)]


def test_storing_in_a_run_makes_it_a_run_of_that_publisher(archive):
    first = archive.runs.begin("add")
    archive.runs.note_issue(first, "sobh", TIMEOUT)
    archive.runs.finish(first, "failed")
    second = archive.runs.begin("add")
    archive.store(*page(), run_id=second)
    archive.runs.finish(second, "done")
    assert open_issues(archive) == []
