"""Jobs as lines and as plain data."""

from collections.abc import Iterator
from typing import Any

from scheduler.formats.archive import typed
from scheduler.formats.auditing.report_file import report_text
from scheduler.model.text import Text
from scheduler.services.jobs.contract import Result
from scheduler.services.jobs.peak_proofs import PeakProofs
from scheduler.services.jobs.rows import Job, JobState

KINDS = {
    "solve": Text("排课", "solve"),
    "level": Text("错峰排课", "solve with low peaks"),
    "peaks": Text("高峰证明", "proof of peaks"),
    "rain": Text("雨天预案", "plan for rain"),
    "repair": Text("修复", "repair"),
    "what_if": Text("方案比较", "comparison of scenarios"),
    "cover": Text("代课、补课方案", "covers, lessons given back"),
    "explain": Text("查排不出的原因", "why there is no timetable"),
    "audit": Text("规范审查", "audit"),
    "district": Text("全区分配", "shares of the district"),
}
STATES = {
    JobState.WAITING: Text("排队中", "waiting"),
    JobState.RUNNING: Text("进行中", "running"),
    JobState.DONE: Text("已完成", "done"),
    JobState.STOPPED: Text("已停止", "stopped"),
    JobState.FAILED: Text("失败", "failed"),
}


def job_line(job: Job) -> Text:
    """A job in one line: what, for whom, how far."""
    kind, state, told = KINDS[job.kind], STATES[job.state], progress_text(job)
    error = f"：{job.error}" if job.error else ""
    return Text(
        f"第{job.job_id}号任务：{kind.zh}（{job.asked_by}），{state.zh}"
        f"{told.zh}{error}",
        f"job {job.job_id}: {kind.en} ({job.asked_by}), {state.en}{told.en}"
        + (f": {job.error}" if job.error else ""),
    )


def state_text(job: Job) -> Text:
    """What is computed and how far it is, for everybody: no names, no faults."""
    kind, state, told = KINDS[job.kind], STATES[job.state], progress_text(job)
    if job.stop_asked_at is not None and not job.ended:
        state = Text("正在停止", "stopping")
    return Text(f"{kind.zh}：{state.zh}{told.zh}", f"{kind.en}: {state.en}{told.en}")


def progress_text(job: Job) -> Text:
    """The figures that a job last told, as far as it told any."""
    if job.ended and not job.progress.get("soft"):
        return Text("", "")
    if "of" in job.progress:
        done, of = job.progress["done"], job.progress["of"]
        return Text(f"，完成{done}/{of}", f", {done} of {of} done")
    soft, bound = job.progress.get("soft"), job.progress.get("bound")
    if soft is None:
        return Text("", "")
    told = Text(f"，待改进分{soft}", f", points to improve {soft}")
    if bound is not None:
        told = Text(f"{told.zh}，理论最低{bound}", f"{told.en}, least possible {bound}")
    return told


def result_lines(result: Result) -> Iterator[Text]:
    """What came of a job, or the best so far, in sentences."""
    facts = result.facts
    if "soft" in facts:
        yield Text(
            f"硬性冲突{facts['hard']}，待改进分{facts['soft']}",
            f"hard violations {facts['hard']}, points to improve {facts['soft']}",
        )
    if left := facts.get("unplaced"):
        yield Text(f"还有{len(left)}节课没有排", f"{len(left)} lesson(s) not placed")
    if "peaks" in facts:
        yield typed(PeakProofs, facts["peaks"]).text
    if "report" in facts:
        yield report_text(facts["report"])
    for key in ("certificate", "summary"):
        if key in facts:
            yield Text(facts[key]["zh"], facts[key]["en"])


def job_facts(job: Job) -> dict[str, Any]:
    """A job as JSON has it."""
    moments = ("asked_at", "stop_asked_at", "begun_at", "ended_at")
    return {
        "job_id": job.job_id,
        "kind": job.kind,
        "state": job.state.value,
        "asked_by": job.asked_by,
        "draft_id": job.draft_id,
        "progress": job.progress,
        "error": job.error,
        "tries": job.tries,
        **{name: _iso(getattr(job, name)) for name in moments},
    }


def _iso(moment: Any) -> str | None:
    return None if moment is None else str(moment.isoformat())
