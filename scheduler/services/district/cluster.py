"""A Dask cluster: one of our own on this machine, or one reached by its address."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import dask
from distributed import Client, LocalCluster

from scheduler.model.errors import DataError, InputError
from scheduler.model.text import Text
from scheduler.services.district.remote import versions

_CONNECT_SECONDS = 5.0
_FIRST_WORKER_SECONDS = 20.0
_MOST_LOSSES = 20
"""Workers that may be lost while they compute one school: a kill proves nothing of it.
"""
_CONFIG = {
    "distributed.scheduler.allowed-failures": _MOST_LOSSES,
    "distributed.worker.memory.spill": False,
    "distributed.worker.memory.pause": False,
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
}


@contextmanager
def open_cluster(address: str, workers: int) -> Iterator[Client]:
    """A client whose workers run this very program.

    Parameters:
        address: Of a scheduler; empty for a cluster of our own on the loopback, which
            ends with the block.
        workers: Of a cluster of our own.

    Raises:
        InputError: it cannot be reached, has no worker, or runs another version.
    """
    with dask.config.set(_CONFIG):
        _keep_quiet()
        if address:
            with _reached(address) as client:
                _check(client, address)
                yield client
            return
        with (
            LocalCluster(
                n_workers=workers,
                threads_per_worker=1,
                processes=True,
                host="127.0.0.1",
                dashboard_address=None,
                scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},
                silence_logs=logging.CRITICAL,
            ) as cluster,
            Client(cluster) as client,
        ):
            yield client


def _keep_quiet() -> None:
    """Workers that come and go are no news to whoever waits for timetables."""
    for name in ("distributed", "distributed.nanny", "tornado.application"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


def _reached(address: str) -> Client:
    try:
        return Client(address, timeout=_CONNECT_SECONDS)
    except (OSError, ValueError) as error:
        raise _refused(_UNREACHABLE, address) from error


def _check(client: Client, address: str) -> None:
    """Refuse a cluster without workers, or with others than this program's."""
    try:
        client.wait_for_workers(1, timeout=_FIRST_WORKER_SECONDS)
        theirs = client.run(versions)
    except TimeoutError as error:
        raise _refused(_WITHOUT_WORKERS, address) from error
    except Exception as error:  # What a worker without this program raises is its own.
        raise _refused(_WITHOUT_PROGRAM, address) from error
    ours = versions()
    for worker, given in theirs.items():
        other = {n: v for n, v in given.items() if ours.get(n) != v}
        if other:
            raise _refused(_other_version(ours, other), worker)


def _refused(why: tuple[Text, Text], value: str) -> InputError:
    """A fault of the option, with its advice."""
    return InputError([DataError("--scheduler", *why, value=value)])


def _other_version(ours: dict[str, str], other: dict[str, str]) -> tuple[Text, Text]:
    theirs = ", ".join(f"{name} {version}" for name, version in other.items())
    mine = ", ".join(f"{name} {ours[name]}" for name in other if name in ours)
    return (
        Text(
            f"计算节点的版本不同（{theirs}，这里是{mine}）",
            f"runs another version ({theirs}; here {mine})",
        ),
        Text("请安装同一版本。", "Maybe install the same version?"),
    )


_UNREACHABLE = (
    Text("连不上这个集群", "cannot be reached"),
    Text("请核对地址，如 tcp://主机:8786。", "Maybe tcp://host:8786 is meant?"),
)
_WITHOUT_WORKERS = (
    Text("集群里没有计算节点", "has no worker"),
    Text("请先在各节点启动 Dask 的计算进程。", "Maybe start a dask worker first?"),
)
_WITHOUT_PROGRAM = (
    Text("集群的计算节点没有安装本程序", "has workers without this program"),
    Text("请在各节点安装同一版本。", "Maybe install the same version there?"),
)
