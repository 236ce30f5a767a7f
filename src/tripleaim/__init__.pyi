from tripleaim.api import account as account
from tripleaim.api import activity as activity
from tripleaim.api import backtest as backtest
from tripleaim.api import futures as futures
from tripleaim.api import load as load
from tripleaim.api import plan as plan
from tripleaim.api import prevention as prevention
from tripleaim.api import project as project
from tripleaim.api import synthesise as synthesise

__version__: str
ROOMS: tuple[str, ...]
VERBS: tuple[str, ...]
