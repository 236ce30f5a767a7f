"""Expected quantities of one person, eight side by side in the processor's own words.

Numba's compiler takes a loop that adds to an array one number after the other unless it can prove
that nothing it reads is written there, which it cannot. So this one loop is written for it, in the
order of products and sums of `plain`: the same numbers to the last bit, in half the time.
"""

# ruff: noqa: PLR0917

from __future__ import annotations

from typing import Any

from llvmlite import ir  # type: ignore[import-untyped]
from numba import types
from numba.extending import intrinsic

from tripleaim.projection.plain import MOST_EXPECTED
from tripleaim.projection.tally import UNIT

_intrinsic: Any = intrinsic

SIDE_BY_SIDE = 8
_FLOAT, _WORD, _LONG = ir.FloatType(), ir.IntType(32), ir.IntType(64)


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
        blocks = width.count // SIDE_BY_SIDE
        floats = ir.VectorType(_FLOAT, SIDE_BY_SIDE)
        words = ir.VectorType(_WORD, SIDE_BY_SIDE)

        def row_of(array: int, row: Any, wide: int) -> Any:
            found = context.make_array(signature.args[array])(context, builder, arguments[array])
            return builder.gep(found.data, [builder.mul(row, ir.Constant(_LONG, wide))])

        def taken(start: Any, block: int, kind: Any) -> tuple[Any, Any]:
            at = builder.gep(start, [ir.Constant(_LONG, block * SIDE_BY_SIDE)])
            place = builder.bitcast(at, kind.as_pointer())
            value = builder.load(place)
            value.align = 4
            return place, value

        def all_of(kind: Any, value: Any) -> Any:
            return ir.Constant(kind, [value] * SIDE_BY_SIDE)

        wide = width.count
        conditions = [row_of(11 + 2 * t, arguments[12 + 2 * t], wide) for t in range(tables.count)]
        others = [row_of(5, arguments[6], wide)]
        if risks.count:
            others += [row_of(7, arguments[8], wide), row_of(9, arguments[10], wide)]
        acting = row_of(17, arguments[18], wide)
        sums = row_of(4, arguments[6], 2 * wide)

        def product(starts: list[Any], block: int) -> Any:
            result = taken(starts[0], block, floats)[1]
            for start in starts[1:]:
                result = builder.fmul(result, taken(start, block, floats)[1])
            return result

        def add(block: int, value: Any) -> None:
            place, held = taken(sums, block, words)
            builder.store(builder.add(held, value), place).align = 4

        for block in range(blocks):
            x = builder.fmul(product(others, block), product(conditions, block))
            if programmes.count:
                x = builder.fmul(x, taken(acting, block, floats)[1])
            most = all_of(floats, float(MOST_EXPECTED))
            x = builder.select(builder.fcmp_ordered("<", x, most), x, most)
            x = builder.fadd(builder.fmul(x, all_of(floats, float(UNIT))), all_of(floats, 0.5))
            parts = builder.fptosi(x, words)
            add(block, builder.ashr(parts, all_of(words, 16)))
            add(blocks + block, builder.and_(parts, all_of(words, 65535)))
        return context.get_dummy_value()

    return returns, generate
