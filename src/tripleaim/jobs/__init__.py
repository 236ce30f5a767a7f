"""Long work in a process of its own: it shows progress, can be stopped, and keeps its address.

A job is an `Order` (what, of which place and inputs, with which seed) carried out in a folder named
by the order's hash. The folder is the only store: the same order has the same address, a finished
result is read again, and work that was stopped is continued.
"""

from tripleaim.jobs.folder import AGAIN, Job, Report, State, jobs_of
from tripleaim.jobs.kinds import KINDS, JobKind, OrderSetting
from tripleaim.jobs.orders import Order, order
from tripleaim.jobs.queue import one_after_the_other
from tripleaim.jobs.starting import running, start, stop
from tripleaim.jobs.work import work_here

__all__ = [
    "AGAIN",
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
