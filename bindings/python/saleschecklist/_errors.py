"""Exceptions: one class for each kind of failure, and their base class."""

from typing import ClassVar

from ._words import Word


class ErrorCode(Word):
    """The kind of failure."""

    INVALID_ARGUMENT = "invalid_argument"  # an argument of the caller is wrong
    INVALID_INPUT = "invalid_input"  # data from outside cannot be read or violates its schema
    NOT_FOUND = "not_found"  # what the caller named does not exist
    IO = "io"  # the operating system could not read or write
    UNSUPPORTED = "unsupported"  # valid, but not supported by this build or version
    OUT_OF_MEMORY = "out_of_memory"
    INTERNAL = "internal"  # a bug in this library; please report it
    NETWORK = "network"  # the service could not be reached, or the exchange broke off
    TIMEOUT = "timeout"  # the operation took longer than its time limit
    CANCELLED = "cancelled"  # the host cancelled the call
    UNAUTHORIZED = "unauthorized"  # the service does not accept the key, or the key lacks a permission
    QUOTA = "quota"  # the account has no credit left; retrying cannot help
    RATE_LIMITED = "rate_limited"  # too many requests, even after every retry
    REFUSED = "refused"  # the service refused the request, or its reply cannot be used
    OVER_BUDGET = "over_budget"  # the budget that the host set is spent
    CONFLICT = "conflict"  # someone else changed the session or is working on it
    CORRUPT = "corrupt"  # a stored record is damaged or was tampered with; restore a backup


class Error(Exception):
    """The base class of all failures of this package. Failures are raised as one of its subclasses.

    `str()` returns "where: message", or only the message if `where` is empty. Exceptions compare equal if
    their class and all fields are equal. An argument of a wrong Python type raises TypeError instead.
    """

    code: ClassVar[ErrorCode] = ErrorCode.INTERNAL

    message: str  #: one line: what is wrong and what was expected
    where: str  #: "line 12", a JSON pointer such as "/categories/0/id", the name of a field, or empty
    provider: str  #: the service that failed; empty if none was involved
    http_status: int  #: the HTTP status of the service's reply, or 0
    request_id: str  #: the service's id of the request, for its support team; or empty
    retry_after_ms: int  #: how long the service asked to wait, in milliseconds; or 0

    def __init__(
        self,
        message: str,
        where: str = "",
        *,
        provider: str = "",
        http_status: int = 0,
        request_id: str = "",
        retry_after_ms: int = 0,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.provider = provider
        self.http_status = http_status
        self.request_id = request_id
        self.retry_after_ms = retry_after_ms

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.message!r}, {self.where!r})"

    def _fields(self) -> tuple[str, str, str, int, str, int]:
        return (
            self.message,
            self.where,
            self.provider,
            self.http_status,
            self.request_id,
            self.retry_after_ms,
        )

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self) or not isinstance(other, Error):
            return NotImplemented
        return self._fields() == other._fields()

    def __hash__(self) -> int:
        return hash((type(self), self._fields()))

    def __reduce__(self) -> tuple[object, ...]:
        return (error_of, (self.code.value, *self._fields()))


class InvalidArgument(Error, ValueError):
    """An argument of the caller is wrong: an unknown name, a bad option, an invalid checklist."""

    code = ErrorCode.INVALID_ARGUMENT


class InvalidInput(Error, ValueError):
    """Data from outside cannot be read or violates its schema; `where` says at which place."""

    code = ErrorCode.INVALID_INPUT


class NotFound(Error, LookupError):
    """What the caller named does not exist; the message lists what exists, where that is known."""

    code = ErrorCode.NOT_FOUND


class IoError(Error, OSError):
    """A file, such as a font, could not be read or written; `errno` is None."""

    code = ErrorCode.IO


class Unsupported(Error, NotImplementedError):
    """The request is valid, but this build or version does not support it."""

    code = ErrorCode.UNSUPPORTED


class OutOfMemory(Error, MemoryError):
    """There was not enough memory."""

    code = ErrorCode.OUT_OF_MEMORY


class InternalError(Error):
    """A bug in this library; please report it."""

    code = ErrorCode.INTERNAL


class NetworkError(Error, ConnectionError):
    """The service could not be reached, or the exchange broke off; `errno` is None."""

    code = ErrorCode.NETWORK


class Timeout(Error, TimeoutError):
    """The operation took longer than its time limit; `errno` is None."""

    code = ErrorCode.TIMEOUT


class Cancelled(Error):
    """The host cancelled the call."""

    code = ErrorCode.CANCELLED


class Unauthorized(Error, PermissionError):
    """The service does not accept the key, or the key lacks a permission; `errno` is None."""

    code = ErrorCode.UNAUTHORIZED


class QuotaExceeded(Error):
    """The account has no credit left; retrying cannot help."""

    code = ErrorCode.QUOTA


class RateLimited(Error):
    """There were too many requests, even after every retry."""

    code = ErrorCode.RATE_LIMITED


class Refused(Error):
    """The service refused the request, or its reply cannot be used."""

    code = ErrorCode.REFUSED


class OverBudget(Error):
    """The budget that the host set is spent."""

    code = ErrorCode.OVER_BUDGET


class Conflict(Error):
    """Someone else changed the session or is working on it; read it again before retrying."""

    code = ErrorCode.CONFLICT


class Corrupt(Error):
    """A stored record is damaged or was tampered with; restore a backup."""

    code = ErrorCode.CORRUPT


_CLASSES = {
    kind.code: kind
    for kind in (
        InvalidArgument,
        InvalidInput,
        NotFound,
        IoError,
        Unsupported,
        OutOfMemory,
        InternalError,
        NetworkError,
        Timeout,
        Cancelled,
        Unauthorized,
        QuotaExceeded,
        RateLimited,
        Refused,
        OverBudget,
        Conflict,
        Corrupt,
    )
}


def error_of(
    code: str,
    message: str,
    where: str,
    provider: str,
    http_status: int,
    request_id: str,
    retry_after_ms: int,
) -> Error:
    """Returns the exception for a code."""
    return _CLASSES[ErrorCode(code)](
        message,
        where,
        provider=provider,
        http_status=http_status,
        request_id=request_id,
        retry_after_ms=retry_after_ms,
    )
