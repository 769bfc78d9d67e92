"""Record: arrays under names, handed to compiled code as one reference.

A named tuple of forty arrays is passed by value, some three hundred machine words at
every call; a record is one pointer, so that functions can be called, not copied.
"""

from collections.abc import Callable
from typing import Any, ClassVar, Self

import numpy as np
from numba import types
from numba.experimental import structref
from numba.extending import intrinsic

from scheduler.solver.kernel.compiled import compiled, unliteral


class RecordType(types.StructRef):
    """A record's type to Numba; a whole number in it is one whatever its value."""

    def preprocess_fields(
        self, fields: tuple[tuple[str, Any], ...]
    ) -> tuple[tuple[str, Any], ...]:
        return tuple((name, unliteral(kind)) for name, kind in fields)


class Record(structref.StructRefProxy):
    """Fields by annotation, given and read by name.

    Arrays are shared with compiled code, not copied. The Python object keeps them
    alive: compiled code counts no references to them, which would cost more than the
    work. It must be kept while a record that it is part of is used.
    """

    FIELDS: ClassVar[tuple[str, ...]]
    _made: ClassVar[Callable[..., Any]]

    def __init_subclass__(cls, kind: type[RecordType]) -> None:
        cls.FIELDS = tuple(cls.__annotations__)
        structref.define_proxy(cls, kind, list(cls.FIELDS))  # type: ignore[no-untyped-call]

        def make(*fields: Any) -> Any:
            return cls(*lent(fields))  # type: ignore[call-arg]

        cls._made = staticmethod(compiled(make))

    def __new__(cls, **given: Any) -> Self:
        made: Self = cls._made(*[given[name] for name in cls.FIELDS])
        return made

    def __init__(self, **given: Any) -> None:
        self.__dict__.update(given)

    def __reduce__(self) -> tuple[Any, ...]:
        return _made_again, (type(self), {k: getattr(self, k) for k in self.FIELDS})

    def copy(self) -> Self:
        """The same numbers in arrays of its own."""
        parts = ((name, getattr(self, name)) for name in self.FIELDS)
        return type(self)(
            **{k: v.copy() if isinstance(v, np.ndarray) else v for k, v in parts}
        )


def _made_again(kind: type[Record], fields: dict[str, Any]) -> Record:
    return kind(**fields)


@intrinsic
def lent(typing: Any, fields: Any) -> Any:
    """A tuple whose arrays somebody else keeps alive: they have no owner to count."""

    def write(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        parts = []
        for k, kind in enumerate(fields.types):
            part = builder.extract_value(arguments[0], k)
            if isinstance(kind, types.Array):
                model = context.data_model_manager[kind]
                for owner in ("meminfo", "parent"):
                    at = model.get_field_position(owner)
                    nobody = part.type.elements[at](None)
                    part = builder.insert_value(part, nobody, at)
            elif context.enable_nrt:
                context.nrt.incref(builder, kind, part)
            parts.append(part)
        return context.make_tuple(builder, fields, parts)

    return fields(fields), write
