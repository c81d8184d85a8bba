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
raw_memcpy: Any = cgutils.raw_memcpy


def _at(builder: Any, address: Any, index: Any, size: int, kind: Any) -> Any:
    offset = builder.mul(index, _WORD(size))
    return builder.inttoptr(builder.add(address, offset), kind)


def rows_of(table: str, record: np.dtype[Any]) -> Callable[[Any, int], Any]:
    """Make the function that returns row `index` of a table of the floor."""
    row: Any = numpy_support.from_dtype(record)
    floor: Any = numpy_support.from_dtype(FLOOR)
    field = FLOOR.fields[table][1]  # type: ignore[index]

    @intrinsic
    def row_at(typing: Any, of: Any, index: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            start = builder.ptrtoint(arguments[0], _WORD)
            address = builder.load(_at(builder, start, _WORD(field), 1, _WORD.as_pointer()))
            kind = context.get_value_type(row)
            return _at(builder, address, arguments[1], record.itemsize, kind)

        return row(floor, types.int64), generate

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


def _numbers_of(number: Any) -> tuple[Callable[..., Any], Callable[..., Any]]:
    """Make the functions that read and write number `index` of an array at an address."""
    size = number.bitwidth // 8

    @intrinsic
    def get(typing: Any, address: Any, index: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            kind = context.get_value_type(number).as_pointer()
            return builder.load(_at(builder, arguments[0], arguments[1], size, kind))

        return number(types.int64, types.int64), generate

    @intrinsic
    def put(typing: Any, address: Any, index: Any, value: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            kind = context.get_value_type(number).as_pointer()
            builder.store(arguments[2], _at(builder, arguments[0], arguments[1], size, kind))
            return context.get_dummy_value()

        return types.void(types.int64, types.int64, number), generate

    return cast(Callable[..., Any], get), cast(Callable[..., Any], put)


@intrinsic
def _first_bit(typing: Any, bits: Any) -> Any:

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.cttz(arguments[0], ir.IntType(1)(1))

    return types.int64(types.int64), generate


first_bit = cast(Callable[[int], int], _first_bit)
"""The place of the lowest bit that is set; there must be one."""

float_at, _ = _numbers_of(types.float64)
int_at, put_int = _numbers_of(types.int64)
short_at, put_short = _numbers_of(types.int32)
