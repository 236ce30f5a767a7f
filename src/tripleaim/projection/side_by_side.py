"""What one person may have happen, and is expected to have: eight lanes or quantities side by side.

Numba's compiler takes a loop that adds to an array one number after the other unless it can prove
that nothing it reads is written there, and a loop of eight not side by side at all. So these two
loops are written for it in the processor's own words, in the order of products and sums of `plain`:
the same numbers to the last bit, in half to a quarter of the time.
"""

# ruff: noqa: PLR0917

from __future__ import annotations

from typing import Any

from llvmlite import ir  # type: ignore[import-untyped]
from numba import types
from numba.extending import intrinsic

from tripleaim.people.luck import STIR_1, STIR_2
from tripleaim.projection.plain import MOST_EXPECTED
from tripleaim.projection.tally import UNIT

_intrinsic: Any = intrinsic

SIDE_BY_SIDE = 8
_FLOAT, _WORD, _LONG = ir.FloatType(), ir.IntType(32), ir.IntType(64)


_FLOATS, _WORDS = ir.VectorType(_FLOAT, SIDE_BY_SIDE), ir.VectorType(_WORD, SIDE_BY_SIDE)


class _Rows:
    """Reads rows of the arrays that a function was called with, SIDE_BY_SIDE numbers at a time."""

    def __init__(self, context: Any, builder: Any, signature: Any, arguments: Any) -> None:
        self.context, self.builder = context, builder
        self.signature, self.arguments = signature, arguments

    def start(self, array: int, row: Any = None, wide: int = 0) -> Any:
        """Where a row of the argument `array` begins, in an array whose rows are `wide` long."""
        make = self.context.make_array(self.signature.args[array])
        data = make(self.context, self.builder, self.arguments[array]).data
        if row is None:
            return data
        return self.builder.gep(data, [self.builder.mul(row, ir.Constant(_LONG, wide))])

    def place(self, start: Any, block: int, kind: Any) -> Any:
        """Where block `block` after `start` stands."""
        at = self.builder.gep(start, [ir.Constant(_LONG, block * SIDE_BY_SIDE)])
        return self.builder.bitcast(at, kind.as_pointer())

    def read(self, start: Any, block: int, kind: Any = _FLOATS) -> Any:
        """The numbers of a block."""
        value = self.builder.load(self.place(start, block, kind))
        value.align = 4
        return value

    def product(self, starts: list[Any], block: int) -> Any:
        """The rows from `starts` multiplied from left to right."""
        result = self.read(starts[0], block)
        for start in starts[1:]:
            result = self.builder.fmul(result, self.read(start, block))
        return result

    def each(self, value: Any, kind: Any) -> Any:
        """One number in all places."""
        one = self.builder.insert_element(
            ir.Constant(kind, ir.Undefined), value, ir.Constant(_WORD, 0)
        )
        same = ir.Constant(_WORDS, [0] * SIDE_BY_SIDE)
        return self.builder.shuffle_vector(one, ir.Constant(kind, ir.Undefined), same)


def _all(kind: Any, value: Any) -> Any:
    return ir.Constant(kind, [value] * SIDE_BY_SIDE)


@_intrinsic  # type: ignore[untyped-decorator]
def may_happen(
    _context: Any, size: Any, tables: Any, programmes: Any, low: Any, high: Any, keys: Any,
    first: Any, first_row: Any, second: Any, second_row: Any, c0: Any, r0: Any, c1: Any, r1: Any,
    c2: Any, r2: Any, own: Any, frail: Any, ends: Any, bits: Any, times: Any, member: Any,
) -> Any:  # fmt: skip
    """The lanes, as bits, on which something may happen to one person this year.

    `low` and `high` are the person's luck of the year; rows of tables, all as long as `size`, are
    multiplied as in `plain.hazards`; a lane whose condition the person has takes `ends` instead.
    """
    returns = types.uint32(
        size, tables, programmes, low, high, keys, first, first_row, second, second_row,
        c0, r0, c1, r1, c2, r2, own, frail, ends, bits, times, member,
    )  # fmt: skip

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        rows, wide = _Rows(context, builder, signature, arguments), size.count
        given = [rows.start(10 + 2 * t, arguments[11 + 2 * t], wide) for t in range(tables.count)]
        others = [rows.start(6, arguments[7], wide), rows.start(8, arguments[9], wide)]
        key_of, frail_of, end_of = rows.start(5), rows.start(17), rows.start(18)
        acting = rows.start(20, arguments[21], wide)
        lower, higher = rows.each(arguments[3], _WORDS), rows.each(arguments[4], _WORDS)
        mine, has = rows.each(arguments[16], _FLOATS), rows.each(arguments[19], _WORDS)

        def stirred(x: Any, by: int, shift: int) -> Any:
            x = builder.mul(x, _all(_WORDS, by))
            return builder.xor(x, builder.lshr(x, _all(_WORDS, shift)))

        found = ir.Constant(_WORD, 0)
        for block in range(wide // SIDE_BY_SIDE):
            x = builder.fmul(rows.product(others, block), rows.product(given, block))
            is_frail = builder.fcmp_ordered(">", rows.read(frail_of, block), _all(_FLOATS, 0.0))
            x = builder.fmul(x, builder.select(is_frail, mine, _all(_FLOATS, 1.0)))
            if programmes.count:
                x = builder.fmul(x, rows.read(acting, block))
            lanes = [block * SIDE_BY_SIDE + lane for lane in range(SIDE_BY_SIDE)]
            held = builder.and_(builder.lshr(has, ir.Constant(_WORDS, lanes)), _all(_WORDS, 1))
            holds = builder.icmp_unsigned("!=", held, _all(_WORDS, 0))
            x = builder.select(holds, rows.read(end_of, block), x)
            draw = stirred(builder.xor(lower, rows.read(key_of, block, _WORDS)), int(STIR_1), 15)
            draw = stirred(builder.add(draw, higher), int(STIR_2), 16)
            lot = builder.sitofp(builder.lshr(draw, _all(_WORDS, 8)), _FLOATS)
            lot = builder.fmul(lot, _all(_FLOATS, 2.0**-24))
            may = builder.fcmp_ordered("<", lot, x)
            byte = builder.bitcast(may, ir.IntType(SIDE_BY_SIDE))
            word = builder.shl(builder.zext(byte, _WORD), ir.Constant(_WORD, lanes[0]))
            found = builder.or_(found, word)
        return found

    return returns, generate


@_intrinsic  # type: ignore[untyped-decorator]
def add_parts(
    _context: Any, width: Any, tables: Any, risks: Any, programmes: Any, total: Any, rate: Any,
    q: Any, first: Any, first_row: Any, second: Any, second_row: Any, e0: Any, r0: Any, e1: Any,
    r1: Any, e2: Any, r2: Any, times: Any, member: Any,
) -> Any:  # fmt: skip
    """Adds one person's quantities to `total` (5, 2, width), whole units apart from parts.

    Rows of tables, all `width` long, are multiplied: conditions (as many as `tables` is long), the
    quintile's rate, both groups of risk factors if there are any, and what programmes multiply by
    (row 1 of `times` for a member, ones in row 0). `width` is a multiple of SIDE_BY_SIDE.
    """
    returns = types.void(
        width, tables, risks, programmes, total, rate, q, first, first_row, second, second_row,
        e0, r0, e1, r1, e2, r2, times, member,
    )  # fmt: skip

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        rows, wide = _Rows(context, builder, signature, arguments), width.count
        blocks = wide // SIDE_BY_SIDE
        given = [rows.start(11 + 2 * t, arguments[12 + 2 * t], wide) for t in range(tables.count)]
        others = [rows.start(5, arguments[6], wide)]
        if risks.count:
            others += [rows.start(7, arguments[8], wide), rows.start(9, arguments[10], wide)]
        acting, sums = rows.start(17, arguments[18], wide), rows.start(4, arguments[6], 2 * wide)

        def add(block: int, value: Any) -> None:
            total_now = builder.add(rows.read(sums, block, _WORDS), value)
            builder.store(total_now, rows.place(sums, block, _WORDS)).align = 4

        for block in range(blocks):
            x = builder.fmul(rows.product(others, block), rows.product(given, block))
            if programmes.count:
                x = builder.fmul(x, rows.read(acting, block))
            most = _all(_FLOATS, float(MOST_EXPECTED))
            x = builder.select(builder.fcmp_ordered("<", x, most), x, most)
            x = builder.fadd(builder.fmul(x, _all(_FLOATS, float(UNIT))), _all(_FLOATS, 0.5))
            parts = builder.fptosi(x, _WORDS)
            add(block, builder.ashr(parts, _all(_WORDS, 16)))
            add(blocks + block, builder.and_(parts, _all(_WORDS, 65535)))
        return context.get_dummy_value()

    return returns, generate
