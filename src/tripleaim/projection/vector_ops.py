"""Operations written in LLVM's own words: on the bits of a word, and on many numbers side by side.

No other file imports llvmlite. Numba's compiler takes a loop that adds to an array one number after
the other unless it can prove that nothing it reads is written there, and a short loop not side by
side at all; so these loops are written for it. What they count is to the last bit what `plain`
counts.
"""

# ruff: noqa: PLR0917
# Arrays for arguments, not a record of them: what the compiler does best on.

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from tripleaim.people import GOLDEN, MIX_1, MIX_2, STIR_1, STIR_2
from tripleaim.projection.relative import CHUNK, CHUNK_MASK
from tripleaim.projection.tally import MOST_EXPECTED, UNIT

_intrinsic: Any = intrinsic
_variable: Any = cgutils.alloca_once_value

WIDEST, LEAST = 16, 8
"""Numbers are taken in blocks of WIDEST, the last one of LEAST where no more are left."""

SCREEN = 1 << 16
"""Tables that people are screened by hold hazards times this: what 16 bits of a draw count in."""

PEOPLE = 32
"""People whose ranks are looked at together; arrays of people have room for so many more."""

_FLOAT, _BIT, _SHORT = ir.FloatType(), ir.IntType(1), ir.IntType(16)
_WORD, _LONG = ir.IntType(32), ir.IntType(64)


@dataclass(frozen=True)
class _Block:
    """`size` numbers from number `start` of a row on."""

    start: int
    size: int

    def of(self, kind: Any) -> Any:
        """So many numbers of a kind."""
        return ir.VectorType(kind, self.size)

    def all(self, kind: Any, value: Any) -> Any:
        """The same number in all places."""
        return ir.Constant(self.of(kind), [value] * self.size)


def _blocks(wide: int) -> list[_Block]:
    starts = range(0, wide, WIDEST)
    return [_Block(start, WIDEST if wide - start >= WIDEST else LEAST) for start in starts]


class _Arrays:
    """The arguments of a function by name, and the numbers in them, a block at a time."""

    def __init__(self, context: Any, builder: Any, names: str, signature: Any, given: Any) -> None:
        self.context, self.builder = context, builder
        self.kinds = dict(zip(names.split(), signature.args, strict=True))
        self.values = dict(zip(names.split(), given, strict=True))

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    def data(self, name: str) -> Any:
        """Where the numbers of an array begin."""
        return self.context.make_array(self.kinds[name])(
            self.context, self.builder, self.values[name]
        ).data

    def one(self, name: str, at: Any) -> Any:
        """One number of an array."""
        return self.builder.load(self.builder.gep(self.data(name), [at]))

    def row(self, name: str, row: Any, wide: int) -> Any:
        """Where a row begins in an array whose rows are `wide` long."""
        return self.builder.gep(self.data(name), [self.builder.mul(row, _long(wide))])

    def place(self, start: Any, block: _Block, kind: Any) -> Any:
        """Where a block of the row that begins at `start` stands."""
        at = self.builder.gep(start, [_long(block.start)])
        return self.builder.bitcast(at, block.of(kind).as_pointer())

    def read(self, start: Any, block: _Block, kind: Any = _FLOAT) -> Any:
        """The numbers of a block."""
        value = self.builder.load(self.place(start, block, kind))
        value.align = self.bytes_of(kind)
        return value

    def bytes_of(self, kind: Any) -> int:
        """How long a number is, and so where it may begin."""
        return int(self.context.get_abi_sizeof(kind))

    def write(self, start: Any, block: _Block, value: Any) -> None:
        """The numbers of a block from now on."""
        kind = value.type.element
        place = self.place(start, block, kind)
        self.builder.store(value, place).align = self.bytes_of(kind)

    def product(self, starts: list[Any], block: _Block) -> Any:
        """The rows from `starts` multiplied from left to right."""
        result = self.read(starts[0], block)
        for start in starts[1:]:
            result = self.builder.fmul(result, self.read(start, block))
        return result

    def rows_of_conditions(self, bits: Any, names: list[str], wide: int) -> list[Any]:
        """Where somebody's rows begin in the tables of conditions."""
        build, starts = self.builder, []
        for t, name in enumerate(names):
            part = build.lshr(bits, ir.Constant(_WORD, t * CHUNK))
            part = build.and_(part, ir.Constant(_WORD, int(CHUNK_MASK)))
            starts.append(self.row(name, build.zext(part, _LONG), wide))
        return starts

    def each(self, value: Any, block: _Block) -> Any:
        """One number in all places of a block."""
        nothing = ir.Constant(block.of(value.type), ir.Undefined)
        one = self.builder.insert_element(nothing, value, ir.Constant(_WORD, 0))
        return self.builder.shuffle_vector(one, nothing, block.all(_WORD, 0))

    def bits_of(self, word: Any, block: _Block) -> Any:
        """The bits of a word that belong to a block of lanes, one a place."""
        shifted = self.builder.lshr(word, ir.Constant(_WORD, block.start))
        part = self.builder.trunc(shifted, ir.IntType(block.size))
        return self.builder.bitcast(part, block.of(_BIT))

    @contextmanager
    def everybody(self) -> Iterator[Any]:
        """A loop over the places of n people."""
        with cgutils.for_range(self.builder, self["n"]) as loop:
            yield loop.index


def _long(value: int) -> Any:
    return ir.Constant(_LONG, value)


@_intrinsic  # type: ignore[untyped-decorator]
def lowest(_context: Any, _bits: Any) -> Any:
    """The number of the lowest bit set, of 32."""

    def generate(_: Any, builder: Any, __: Any, arguments: Any) -> Any:
        return builder.cttz(arguments[0], ir.Constant(ir.IntType(1), 1))

    return types.uint32(types.uint32), generate


@_intrinsic  # type: ignore[untyped-decorator]
def bit_count(_context: Any, _bits: Any) -> Any:
    """How many of 32 bits are set."""

    def generate(_: Any, builder: Any, __: Any, arguments: Any) -> Any:
        return builder.ctpop(arguments[0])

    return types.uint32(types.uint32), generate


@_intrinsic  # type: ignore[untyped-decorator]
def pass_cut(_context: Any, n: Any, ranks: Any, cut: Any, stride: Any, rows: Any) -> Any:
    """Adds `stride` to the rows of those of n people whose ranks reach `cut`; gives how many do.

    `ranks` and `rows` are written and read in groups of PEOPLE, so up to that many past n.
    """

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        a = _Arrays(context, builder, "n ranks cut stride rows", signature, arguments)
        group, ranks, rows = _Block(0, PEOPLE), a.data("ranks"), a.data("rows")
        beyond = _variable(builder, _long(0))
        every = _long(PEOPLE)
        with cgutils.for_range_slice(builder, _long(0), a["n"], every) as (i, _):
            here = builder.gep(rows, [i])
            reach = builder.icmp_unsigned(
                ">=", a.read(builder.gep(ranks, [i]), group, _SHORT), a.each(a["cut"], group)
            )
            added = builder.select(reach, a.each(a["stride"], group), group.all(_SHORT, 0))
            a.write(here, group, builder.add(a.read(here, group, _SHORT), added))
            left = builder.sub(a["n"], i)
            last = builder.sub(builder.shl(_long(1), left), _long(1))
            real = builder.select(builder.icmp_signed("<", left, every), last, _long(-1))
            passing = builder.zext(builder.bitcast(reach, ir.IntType(PEOPLE)), _LONG)
            passing = builder.ctpop(builder.and_(passing, real))
            builder.store(builder.add(builder.load(beyond), passing), beyond)
        return builder.load(beyond)

    return types.int64(n, ranks, cut, stride, rows), generate


@_intrinsic  # type: ignore[untyped-decorator]
def times_row(_context: Any, size: Any, into: Any, to: Any, by: Any, row: Any, start: Any,
              at: Any) -> Any:  # fmt: skip
    """Row `to` of `into` becomes row `at` of `start` times row `row` of `by`; all `size` long."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        a = _Arrays(context, builder, "size into to by row start at", signature, arguments)
        wide = size.count
        into_row, by_row, start_row = (
            a.row(name, a[place], wide)
            for name, place in (("into", "to"), ("by", "row"), ("start", "at"))
        )
        for block in _blocks(wide):
            a.write(into_row, block, a.product([start_row, by_row], block))
        return context.get_dummy_value()

    return types.void(size, into, to, by, row, start, at), generate


@_intrinsic  # type: ignore[untyped-decorator]
def screened(
    _context: Any, size: Any, tables: Any, programmes: Any, n: Any, stream: Any, person: Any,
    bits: Any, factor: Any, first: Any, second: Any, frail: Any, keys: Any, table: Any, other: Any,
    ends: Any, c0: Any, c1: Any, c2: Any, times: Any, row_of: Any, who: Any, hit: Any,
) -> Any:  # fmt: skip
    """Looks for lanes on which something may happen to any of n people.

    The places of those whom it finds go to `who`, their lanes, as bits, to `hit`; gives how many
    there are. Rows of tables, all as long as `size`, are multiplied; `frail` are the lanes, as
    bits, on which a person's own factor counts, and a lane whose condition the person has takes
    `ends` instead. What programmes multiply by is each person's row, `row_of`, of `times`.

    Only the upper 16 bits of a draw are made. That misses nothing: they are at most the whole draw,
    which has to be below 1 - exp(-x); where x is below 2 ** -16 they must be 0, and elsewhere x is
    further from its chance, by half of x, than rounding takes a product.
    """
    returns = types.int64(
        size, tables, programmes, n, stream, person, bits, factor, first, second, frail, keys,
        table, other, ends, c0, c1, c2, times, row_of, who, hit,
    )  # fmt: skip
    names = (
        "size tables programmes n stream person bits factor first second frail keys table other"
        " ends c0 c1 c2 times row_of who hit"
    )

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        a, wide = _Arrays(context, builder, names, signature, arguments), size.count
        number = _variable(builder, _long(0))

        def mixed(key: Any, shift: int) -> Any:
            return builder.xor(key, builder.lshr(key, _long(shift)))

        with a.everybody() as i:
            key = builder.add(builder.mul(a.one("person", i), _long(int(GOLDEN))), a["stream"])
            key = builder.mul(mixed(key, 30), _long(int(MIX_1)))
            key = mixed(builder.mul(mixed(key, 27), _long(int(MIX_2))), 31)
            low, high = (
                builder.trunc(key, _WORD),
                builder.trunc(builder.lshr(key, _long(32)), _WORD),
            )
            has, mine = a.one("bits", i), a.one("factor", i)
            levels = [
                a.row("table", builder.zext(a.one("first", i), _LONG), wide),
                a.row("other", builder.zext(a.one("second", i), _LONG), wide),
            ]
            given = a.rows_of_conditions(has, ["c0", "c1", "c2"][: tables.count], wide)
            lanes = ir.Constant(_WORD, 0)
            for block in _blocks(wide):
                x = a.product(levels + given, block)
                own = builder.fmul(x, a.each(mine, block))
                x = builder.select(a.bits_of(a["frail"], block), own, x)
                if programmes.count:
                    x = builder.fmul(x, a.read(a.row("times", a.one("row_of", i), wide), block))
                x = builder.select(a.bits_of(has, block), a.read(a.data("ends"), block), x)
                draw = builder.xor(a.each(low, block), a.read(a.data("keys"), block, _WORD))
                draw = builder.mul(draw, block.all(_WORD, int(STIR_1)))
                draw = builder.xor(draw, builder.lshr(draw, block.all(_WORD, 15)))
                draw = builder.add(draw, a.each(high, block))
                draw = builder.mul(draw, block.all(_WORD, int(STIR_2)))
                # The last stir of a draw leaves its upper half as it is.
                upper = builder.lshr(draw, block.all(_WORD, 16))
                upper = builder.sitofp(upper, block.of(_FLOAT))
                may = builder.fcmp_ordered("<=", upper, x)
                word = builder.zext(builder.bitcast(may, ir.IntType(block.size)), _WORD)
                lanes = builder.or_(lanes, builder.shl(word, ir.Constant(_WORD, block.start)))
            here = builder.load(number)
            builder.store(builder.trunc(i, _WORD), builder.gep(a.data("who"), [here]))
            builder.store(lanes, builder.gep(a.data("hit"), [here]))
            some = builder.icmp_unsigned("!=", lanes, ir.Constant(_WORD, 0))
            builder.store(builder.add(here, builder.zext(some, _LONG)), number)
        return builder.load(number)

    return returns, generate


@_intrinsic  # type: ignore[untyped-decorator]
def add_expected(
    _context: Any, width: Any, tables: Any, risks: Any, programmes: Any, n: Any, bits: Any,
    first: Any, second: Any, rate: Any, of_first: Any, of_second: Any, e0: Any, e1: Any, e2: Any,
    times: Any, row_of: Any, total: Any,
) -> Any:  # fmt: skip
    """Adds the quantities of n people to `total` (2, width), whole units apart from parts, so that
    both fit 32 bits.

    Rows of tables, all `width` long, are multiplied: conditions (as many as `tables` is long), the
    rate, both groups of risk factors if there are any, and what programmes multiply by (each
    person's row, `row_of`, of `times`). `width` is a multiple of LEAST.
    """
    returns = types.void(
        width, tables, risks, programmes, n, bits, first, second, rate, of_first, of_second, e0,
        e1, e2, times, row_of, total,
    )  # fmt: skip
    names = (
        "width tables risks programmes n bits first second rate of_first of_second e0 e1 e2 times"
        " row_of total"
    )

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        a, wide = _Arrays(context, builder, names, signature, arguments), width.count
        # Whole units stand in the first row of `total`, parts in the second.
        starts = a.data("total"), a.row("total", _long(1), wide)
        sums = [
            [_variable(builder, a.read(start, block, _WORD)) for block in _blocks(wide)]
            for start in starts
        ]

        def add(sum_of: Any, value: Any) -> None:
            builder.store(builder.add(builder.load(sum_of), value), sum_of)

        with a.everybody() as i:
            numbers = _quantities(a, i, (tables.count, risks.count, programmes.count), wide)
            for number, block, whole, parts in zip(numbers, _blocks(wide), *sums, strict=True):
                add(whole, builder.ashr(number, block.all(_WORD, 16)))
                add(parts, builder.and_(number, block.all(_WORD, 65535)))
        for start, row in zip(starts, sums, strict=True):
            for block, sum_of in zip(_blocks(wide), row, strict=True):
                a.write(start, block, builder.load(sum_of))
        return context.get_dummy_value()

    return returns, generate


@_intrinsic  # type: ignore[untyped-decorator]
def add_expected_by(
    _context: Any, width: Any, tables: Any, risks: Any, programmes: Any, n: Any, bits: Any,
    first: Any, second: Any, rate: Any, of_first: Any, of_second: Any, e0: Any, e1: Any, e2: Any,
    times: Any, row_of: Any, total: Any, world: Any,
) -> Any:  # fmt: skip
    """As `add_expected`, each person's quantities to their `world`'s row of `total` (worlds, 2 x
    width): whole units, then parts."""
    returns = types.void(
        width, tables, risks, programmes, n, bits, first, second, rate, of_first, of_second, e0,
        e1, e2, times, row_of, total, world,
    )  # fmt: skip
    names = (
        "width tables risks programmes n bits first second rate of_first of_second e0 e1 e2 times"
        " row_of total world"
    )

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        a, wide = _Arrays(context, builder, names, signature, arguments), width.count
        with a.everybody() as i:
            whole_row = a.row("total", a.one("world", i), 2 * wide)
            parts_row = builder.gep(whole_row, [_long(wide)])
            numbers = _quantities(a, i, (tables.count, risks.count, programmes.count), wide)
            for number, block in zip(numbers, _blocks(wide), strict=True):
                for start, value in (
                    (whole_row, builder.ashr(number, block.all(_WORD, 16))),
                    (parts_row, builder.and_(number, block.all(_WORD, 65535))),
                ):
                    a.write(start, block, builder.add(a.read(start, block, _WORD), value))
        return context.get_dummy_value()

    return returns, generate


def _quantities(a: _Arrays, i: Any, counts: tuple[int, int, int], wide: int) -> list[Any]:
    """A person's expected quantities in parts of UNIT, a block at a time; `counts` are of tables,
    risks and programmes."""
    tables, risks, programmes = counts
    builder, numbers = a.builder, []
    given = a.rows_of_conditions(a.one("bits", i), ["e0", "e1", "e2"][:tables], wide)
    others = [a.data("rate")]
    if risks:
        others += [
            a.row("of_first", builder.zext(a.one("first", i), _LONG), wide),
            a.row("of_second", builder.zext(a.one("second", i), _LONG), wide),
        ]
    for block in _blocks(wide):
        x = builder.fmul(a.product(others, block), a.product(given, block))
        if programmes:
            x = builder.fmul(x, a.read(a.row("times", a.one("row_of", i), wide), block))
        most = block.all(_FLOAT, float(MOST_EXPECTED))
        x = builder.select(builder.fcmp_ordered("<", x, most), x, most)
        x = builder.fmul(x, block.all(_FLOAT, float(UNIT)))
        x = builder.fadd(x, block.all(_FLOAT, 0.5))
        numbers.append(builder.fptosi(x, block.of(_WORD)))
    return numbers
