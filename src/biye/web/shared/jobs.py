"""任务显示: a background job as pages show it."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.urls import reverse

from biye.accounts.core.asker import Asker
from biye.foundation.errors import Reason
from biye.machinery.jobs.queries.inbox import inbox, job_of, jobs_about
from biye.web.shared.refusals import sentence

NEWEST = 50
OPEN = {"waiting", "running"}

SAYINGS: dict[str, str] = {
    "error": "出现意外错误，没有做完；已做的部分没有半途留下。可以重试，仍不行请联系系统管理员。",
    "reading": "正在读取数据",
    "judging": "正在逐人审查",
    "lost": "后台进程多次中断，没有做完。请联系系统管理员检查后台进程，再重试。",
}

# Kind of job → the page where its result stands, and which parts of the result name it.
RESULTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "preview_import": ("college_import", ("batch_id",)),
    "accept_import": ("college_import", ("batch_id",)),
    "run_audit": ("college_run", ("run_id",)),
    "rehearse_rules": ("college_difference", ("run_id",)),
    "remind_due": ("sent_messages", ("stem",)),
    "prepare_publication": ("college_publication", ("publication_id",)),
    "upload_photos": ("photo_upload_report", ("job_id",)),
    "compare_photos": ("college_photo_comparison", ("season",)),
    "export_photos": ("college_photo_export", ("season",)),
    "bulk_act": ("bulk_act", ("bulk_id",)),
    "settle_deadline": ("college_settling", ("stem",)),
    "agree_to_passing": ("bulk_act", ("bulk_id",)),
}


class JobView:
    """A job with what its line on a page says; everything the job itself has can be asked of it, too."""

    def __init__(self, job: Any) -> None:
        self.job = job

    def __getattr__(self, name: str) -> Any:
        return getattr(self.job, name)

    @property
    def is_open(self) -> bool:
        """Is it still to be watched?"""
        return self.job.state in OPEN

    @property
    def took(self) -> str:
        """How long it ran."""
        if not self.job.started_at or not self.job.finished_at:
            return ""
        return _span(self.job.finished_at - self.job.started_at)

    @property
    def remaining(self) -> str:
        """How long it will still take, by its pace so far; nothing while the pace is not known."""
        job = self.job
        if not (job.done and job.heartbeat_at and job.started_at) or job.done >= job.total:
            return ""
        spent = (job.heartbeat_at - job.started_at).total_seconds()
        return f"约需 {_span(timedelta(seconds=spent * (job.total - job.done) / job.done))}" if spent > 0 else ""

    @property
    def says(self) -> str:
        """What went wrong, what the job said last, or what came of it in a sentence of its own."""
        if self.job.message == "refused":
            reasons = (self.job.result or {}).get("reasons", [])
            return "".join(sentence(Reason(one.pop("code"), one)) for one in map(dict, reasons))
        return SAYINGS.get(self.job.message, self.job.message) or (self.job.result or {}).get("says", "")

    @property
    def address(self) -> str:
        """Where the result can be seen."""
        if self.job.state != "done" or self.job.kind not in RESULTS:
            return ""
        name, parts = RESULTS[self.job.kind]
        return reverse(name, args=[(self.job.result or {})[part] for part in parts])


def jobs(asker: Asker) -> list[JobView]:
    """The newest jobs somebody started."""
    return _views(inbox(asker.actor)[:NEWEST])


def job(asker: Asker, job_id: int) -> JobView | None:
    """One of them; None where it is not theirs."""
    found = job_of(asker.actor, job_id)
    return JobView(found) if found else None


def open_jobs(asker: Asker, *kinds: str) -> list[JobView]:
    """What of these kinds is under way."""
    return _views(inbox(asker.actor).filter(kind__in=kinds, state__in=OPEN))


def newest_about(asker: Asker, kinds: tuple[str, ...], **arguments: Any) -> JobView | None:
    """The latest work of these kinds on one thing, whoever started it."""
    found = jobs_about(asker.actor, kinds, **arguments).first()
    return JobView(found) if found else None


def _views(found: Iterable[Any]) -> list[JobView]:
    return [JobView(one) for one in found]


def _span(length: timedelta) -> str:
    seconds = int(length.total_seconds())
    if seconds < 1:
        return "不到 1 秒"
    if seconds < 60:
        return f"{seconds} 秒"
    return (
        f"{seconds // 60} 分 {seconds % 60} 秒" if seconds < 3600 else f"{seconds // 3600} 小时 {seconds // 60 % 60} 分"
    )
