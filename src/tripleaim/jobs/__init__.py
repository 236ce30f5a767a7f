"""Long work in a process of its own: it shows progress, can be stopped, and keeps its address.

A job is an `Order` (what, of which place and inputs, with which seed) worked off in a folder named
by the order's hash. The folder is the only store: the same order is the same address, a result once
made is read again, and what was stopped half-way is taken up where it stood.
"""

from tripleaim.jobs.folder import Job, Report, State, jobs_of
from tripleaim.jobs.kinds import KINDS, JobKind, OrderSetting
from tripleaim.jobs.orders import Order, order
from tripleaim.jobs.queue import one_after_the_other
from tripleaim.jobs.starting import running, start, stop
from tripleaim.jobs.work import work_here

__all__ = [
    "KINDS",
    "Job",
    "JobKind",
    "Order",
    "OrderSetting",
    "Report",
    "State",
    "jobs_of",
    "one_after_the_other",
    "order",
    "running",
    "start",
    "stop",
    "work_here",
]
