"""serve, demo: the web application."""

import datetime as dt
import secrets
import signal
import socket
import sys
import threading
from argparse import Namespace
from pathlib import Path

from scheduler.cli.console import say, tell
from scheduler.cli.folders import make_folder
from scheduler.cli.identity import read_provider
from scheduler.cli.inputs import load_problem, load_timetable
from scheduler.cli.publishing import claim_beside, publish_files
from scheduler.model.errors import DataError, InputError
from scheduler.model.shipped import data_folder
from scheduler.model.text import Text
from scheduler.services.jobs.worker import Worker
from scheduler.services.notices.sending import Sender
from scheduler.services.offices import Store
from scheduler.services.outbound.refreshing import CalendarRefresher
from scheduler.services.views.audit.files import AuditFolder, read_audit
from scheduler.services.views.site import SiteState
from web.app import create_app, own_paths
from web.context import SiteSettings
from web.identity import Provider
from web.metrics import watched
from web.reach import Reach, check_public_url
from web.serve import listen, own_name
from web.serve import serve as run_server

OFFICE = "office"
LOOPBACK = ("127.0.0.1", "localhost", "::1")
TRUSTED_HOSTS = ("127.0.0.1", "localhost", "[::1]")


def serve(options: Namespace) -> int:
    """Serve a database, or one timetable given as files."""
    if (options.problem is None) != (options.timetable is None):
        raise InputError([_ONE_WITHOUT_THE_OTHER])
    alone = options.problem is None and options.database is None
    if alone and options.audit is None:
        raise InputError([_NOTHING_TO_SHOW])
    check_public_url(options.public_url, own_paths())
    audit = read_audit(options.audit) if options.audit else None
    provider = read_provider(options.identity) if options.identity else None
    # Nothing is published where nobody could look at it.
    with listen(options.host, options.port) as listener:
        if alone:
            state = SiteState(Store.open("sqlite://"))
        elif options.problem is None:
            state = SiteState(Store.connect(options.database))
        else:
            state = _given(options)
        refresher = _refresher(options)
        try:
            return _serve(state, options, listener, audit, provider)
        finally:
            if refresher is not None:
                refresher.stop()


def _refresher(options: Namespace) -> CalendarRefresher | None:
    """What fetches calendars while the service runs, if the office asked for it."""
    hours, folder = options.refresh_calendars, options.problem
    if hours is None:
        return None
    if folder is None:
        raise InputError([_NO_FOLDER])

    def report(text: Text) -> None:
        sys.stderr.write(f"{text.in_language(options.lang)}\n")

    refresher = CalendarRefresher(folder, hours, options.allow_private, report)
    refresher.start()
    return refresher


def demo(options: Namespace) -> int:
    """Solve a demo school, publish its timetable and serve it."""
    from scheduler.cli.solving import say_solution, solve_shown
    from scheduler.services.jobs.solving import solution_json, write_solution

    make_folder(options.out)
    with listen(options.host, options.port) as listener:
        problem = load_problem(data_folder() / options.school)
        name, count = problem.schools[0].name, len(problem.classes)
        tell(f"{name}：{count}个班", f"{name}: {count} classes")
        solution = solve_shown(problem, options)
        write_solution(solution, options.out)
        say_solution(solution, options.lang)
        state = SiteState(Store.connect(_sqlite(options.out / "cuofeng.db")))
        report, name = solution_json(solution), problem.term.name
        office = state.store.office_for(problem)
        office.publish(problem, solution.timetable, name, report)
        teacher = next(t for r in problem.requirements for t in r.teacher_ids)
        token = office.create_link("teacher", teacher, "demo")
        root = f"http://{own_name(options.host)}:{options.port}/o/{office.key}"
        link, name = f"{root}/feeds/{token}.ics", problem.teacher[teacher].name
        tell(f"{name}的日历订阅：{link}", f"Calendar feed of {name}: {link}")
        return _serve(state, options, listener)


def _given(options: Namespace) -> SiteState:
    """A timetable from files: published where there is a database, else only shown."""
    if options.database is not None:
        found = publish_files(options)
        state, key = SiteState(found.store), found.office.key
    else:
        timetable = load_timetable(load_problem(options.problem), options.timetable)
        state = SiteState.of_timetable(timetable, claim_beside(options.timetable))
        key = state.offices()[0].key
    state.of(key).folder = options.problem
    return state


def _serve(
    state: SiteState,
    options: Namespace,
    listener: socket.socket,
    audit: AuditFolder | None = None,
    provider: Provider | None = None,
) -> int:
    public_url = getattr(options, "public_url", "")
    private = options.host in LOOPBACK and not public_url
    # A page elsewhere must not reach a private site under a name of its own.
    hosts = TRUSTED_HOSTS if private else ()
    proxies = getattr(options, "trust_proxy", ())
    reach = Reach(hosts, proxies, public_url)
    if public_url and not proxies:
        say(_ONE_CLIENT.in_language(options.lang))
    address = f"http://{own_name(options.host)}:{options.port}/"
    begins = f"{public_url.rstrip('/')}/" if public_url else address
    token = _say_login(state, getattr(options, "new_password", True), begins)
    tell(f"{address}  （按 Ctrl+C 停止）", f"{address}  (Ctrl+C stops)")
    sys.stdout.flush()
    settings = SiteSettings(
        login_to_view=not private,
        reach=reach,
        audit=audit,
        setup_token=token,
        provider=provider,
        audit_alone=audit is not None and not state.offices(),
        idle=dt.timedelta(hours=getattr(options, "idle_hours", 4)),
    )
    app = create_app(state, settings)
    worker, sender = Worker(state.store.database), Sender(state.store.database)
    threads = [threading.Thread(target=x.run) for x in (worker, sender)]
    for thread in threads:
        thread.start()
    if threading.current_thread() is threading.main_thread():
        # What a service manager sends ends as Ctrl+C does, with no job left running.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with watched(app, state.store.open_jobs, getattr(options, "metrics", None)):
            run_server(app, listener, options.host)
    except KeyboardInterrupt:
        say()
    finally:
        for one in (worker, sender):
            one.end()
        for thread in threads:
            thread.join()
        state.store.close()
    return 0


def _say_login(state: SiteState, renew: bool, address: str) -> str:
    """Say how to log in: by an account, a new password where one is asked for, or one
    to be made at an address that nobody guesses.

    Returns its token, empty where there are accounts.
    """
    accounts = state.store.accounts
    if not accounts.names() and not renew:
        token = secrets.token_urlsafe(24)
        link = f"{address}setup/?token={token}"
        tell(f"首次使用，请建立账号：{link}", f"First use, make an account: {link}")
        return token
    if not renew:
        names = accounts.names()
        tell(
            f"登录账号：{'、'.join(names)}（忘记密码请加 --new-password）",
            f"Login: {', '.join(names)}  (forgotten? --new-password)",
        )
        return ""
    password = secrets.token_urlsafe(9)
    if OFFICE in accounts.names():
        accounts.set_password(OFFICE, password)
    else:
        state.store.add_bureau(OFFICE, password)
    tell(
        f"登录账号：{OFFICE}  密码：{password}",
        f"Login: {OFFICE}  password: {password}",
    )
    return ""


def _sqlite(path: Path) -> str:
    return f"sqlite:///{path.resolve().as_posix()}"


_ONE_WITHOUT_THE_OTHER = DataError(
    "cuofeng serve",
    Text("数据和课表要一起给出", "DATA and TIMETABLE go together"),
    Text(
        "例如：cuofeng serve data out/timetable.csv。",
        "Maybe: cuofeng serve data out/timetable.csv?",
    ),
)
_ONE_CLIENT = Text(
    "提示：没有 --trust-proxy，代理后面的所有人会被当作同一个客户端来限制登录次数。"
    "代理在本机时请加 --trust-proxy 127.0.0.1。",
    "Note: without --trust-proxy everybody behind the proxy counts as one client "
    "when wrong passwords are limited. For a proxy on this machine add "
    "--trust-proxy 127.0.0.1.",
)
_NO_FOLDER = DataError(
    "--refresh-calendars",
    Text("需要数据", "needs DATA"),
    Text("请给出数据和课表。", "Maybe give DATA and TIMETABLE?"),
)
_NOTHING_TO_SHOW = DataError(
    "cuofeng serve",
    Text("没有可显示的内容", "there is nothing to show"),
    Text(
        "请给出数据和课表、--database sqlite:///school.db，或 --audit 审查结果。",
        "Maybe DATA and TIMETABLE, --database sqlite:///school.db, or --audit DIR?",
    ),
)
