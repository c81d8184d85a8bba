"""Rows and numbers at addresses.

The loop is handed one record, the floor, which holds the address of every table. A table's row is
reached from there, so that a function of the loop takes one pointer and not forty arrays: with
these, compiling takes minutes. Nothing here looks at the bounds of a table; whoever makes room
(`workplace`) and whoever asks for it (`wants`) see to that.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic
from numba.np import numpy_support

from flexports.engine.compiled.floor_record import FLOOR

_WORD = ir.IntType(64)
_BYTES = ir.IntType(8).as_pointer()
_FLOOR: Any = numpy_support.from_dtype(FLOOR)
raw_memcpy: Any = cgutils.raw_memcpy
declared: Any = cgutils.get_or_insert_function


def _table(builder: Any, floor: Any, table: str) -> Any:
    """The address of a table, from the floor's record."""
    place = _WORD(FLOOR.fields[table][1])  # type: ignore[index]
    field = builder.gep(builder.bitcast(floor, _BYTES), [place])
    address = builder.load(builder.bitcast(field, _BYTES.as_pointer()))
    _does_not_change(builder, address)
    return address


def _at(builder: Any, table: Any, index: Any, size: int, kind: Any) -> Any:
    """The address of row `index` of a table."""
    return builder.bitcast(builder.gep(table, [builder.mul(index, _WORD(size))]), kind)


def _does_not_change(builder: Any, load: Any) -> None:
    """Let what was loaded be used again while the loop runs, whatever is stored in between."""
    load.set_metadata("invariant.load", builder.module.add_metadata([]))


def rows_of(table: str, record: np.dtype[Any]) -> Callable[[Any, int], Any]:
    """Make the function that returns row `index` of a table of the floor."""
    row: Any = numpy_support.from_dtype(record)

    @intrinsic
    def row_at(typing: Any, floor: Any, index: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            rows = _table(builder, arguments[0], table)
            return _at(builder, rows, arguments[1], record.itemsize, context.get_value_type(row))

        return row(_FLOOR, types.int64), generate

    return cast(Callable[[Any, int], Any], row_at)


def copier_of(record: np.dtype[Any]) -> Callable[[Any, Any], None]:
    """Make the function that copies one row to another."""
    row: Any = numpy_support.from_dtype(record)

    @intrinsic
    def copy(typing: Any, source: Any, target: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            source, target = arguments
            raw_memcpy(builder, target, source, _WORD(record.itemsize), 1)
            return context.get_dummy_value()

        return types.void(row, row), generate

    return cast(Callable[[Any, Any], None], copy)


def numbers_of(table: str, number: Any, *, constant: bool = False) -> Callable[[Any, int], Any]:
    """Make the function that reads number `index` of a table of the floor.

    Nothing is ever stored in one that is constant while the loop runs.
    """

    @intrinsic
    def number_at(typing: Any, floor: Any, index: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            kind = context.get_value_type(number).as_pointer()
            numbers = _table(builder, arguments[0], table)
            found = builder.load(_at(builder, numbers, arguments[1], number.bitwidth // 8, kind))
            if constant:
                _does_not_change(builder, found)
            return found

        return number(_FLOOR, types.int64), generate

    return cast(Callable[[Any, int], Any], number_at)


def putter_of(table: str, number: Any) -> Callable[[Any, int, Any], None]:
    """Make the function that sets number `index` of a table of the floor."""

    @intrinsic
    def put(typing: Any, floor: Any, index: Any, value: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            kind = context.get_value_type(number).as_pointer()
            numbers = _table(builder, arguments[0], table)
            place = _at(builder, numbers, arguments[1], number.bitwidth // 8, kind)
            builder.store(arguments[2], place)
            return context.get_dummy_value()

        return types.void(_FLOOR, types.int64, number), generate

    return cast(Callable[[Any, int, Any], None], put)


def putter_at_address(number: Any) -> Callable[[int, int, Any], None]:
    """Make the function that sets number `index` of those at an address."""

    @intrinsic
    def put(typing: Any, address: Any, index: Any, value: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            address, index, value = arguments
            numbers = builder.inttoptr(address, context.get_value_type(number).as_pointer())
            builder.store(value, builder.gep(numbers, [index]))
            return context.get_dummy_value()

        return types.void(types.int64, types.int64, number), generate

    return cast(Callable[[int, int, Any], None], put)


@intrinsic
def _fill_column(typing: Any, function: Any, generator: Any, size: Any, out: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        kind = ir.FunctionType(ir.VoidType(), [_BYTES, _WORD, _BYTES])
        function, generator, size, out = arguments
        addresses = builder.inttoptr(generator, _BYTES), size, builder.inttoptr(out, _BYTES)
        builder.call(builder.inttoptr(function, kind.as_pointer()), addresses)
        return context.get_dummy_value()

    return types.void(types.int64, types.int64, types.int64, types.int64), generate


put_word = putter_at_address(types.int64)
put_number = putter_at_address(types.float64)

fill_column = cast(Callable[[int, int, int, int], None], _fill_column)
"""Call the function at an address: of a generator, a number of values, where they are to stand."""


@intrinsic
def _first_bit(typing: Any, bits: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.cttz(arguments[0], ir.IntType(1)(1))

    return types.int64(types.int64), generate


first_bit = cast(Callable[[int], int], _first_bit)
"""The place of the lowest bit that is set; there must be one."""


@intrinsic
def _either(typing: Any, bits: Any, one: Any, other: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        bits, *numbers = arguments
        one, other = (builder.bitcast(number, _WORD) for number in numbers)
        chosen = builder.or_(builder.and_(one, bits), builder.and_(other, builder.not_(bits)))
        return builder.bitcast(chosen, ir.DoubleType())

    return types.float64(types.int64, types.float64, types.float64), generate


either = cast(Callable[[int, float, float], float], _either)
"""One number if all bits are set, the other if none: without a branch, for what nobody foresees."""


@intrinsic
def _nearest(typing: Any, number: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        kind = ir.FunctionType(_WORD, [ir.DoubleType()])
        rounded = declared(builder.module, kind, "llvm.lrint.i64.f64")
        return builder.call(rounded, arguments)

    return types.int64(types.float64), generate


@intrinsic
def _mostly(typing: Any, condition: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        bit = ir.IntType(1)
        kind = ir.FunctionType(bit, [bit, bit])
        expected = declared(builder.module, kind, "llvm.expect.i1")
        return builder.call(expected, [arguments[0], bit(1)])

    return types.boolean(types.boolean), generate


mostly = cast(Callable[[bool], bool], _mostly)
"""The condition, which the compiler is told to expect."""

nearest = cast(Callable[[float], int], _nearest)
"""The nearest integer; of two as near the even one, as `numpy.rint` has it."""
