"""Modbus exceptions that a unit answers with."""

from typing import Final

ILLEGAL_FUNCTION: Final = 0x01
ILLEGAL_ADDRESS: Final = 0x02
ILLEGAL_VALUE: Final = 0x03


class RefusedError(Exception):
    """The unit answers with a Modbus exception ``code``."""

    def __init__(self, code: int) -> None:
        """Name the exception code of the Modbus specification."""
        super().__init__(f"exception {code:#04x}")
        self.code = code
