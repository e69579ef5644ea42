"""`/api/users` and `/api/organisation`: who may sign in, for administrators."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated, Literal, ParamSpec, TypeVar

from fastapi import APIRouter, Depends
from pydantic import Field, model_validator
from starlette.requests import Request

from events.fact import Value
from services.accounts import Account, Administration, EmailTaken, LastAdmin, Role, UnknownAccount
from services.accounts.hashing import TooManySignIns
from services.accounts.passwords import WeakPassword
from services.accounts.people import NotAnEmail
from services.edge.api.auth import User, too_fast
from services.edge.http import languages
from services.edge.http.authentication import Admin, Viewer
from services.edge.http.parts import EdgeParts, Parts
from services.edge.http.problems import Problem
from services.edge.http.responses import problems
from services.edge.http.validation import FieldError
from services.wording import Language, render

P = ParamSpec("P")
R = TypeVar("R")

router = APIRouter(prefix="/api", tags=["users"], responses=problems(400, 401, 403, 415, 422, 503))

Password = Annotated[str, Field(min_length=1, max_length=256, examples=["correct horse battery"])]


class Person(User):
    """Somebody who may sign in."""

    created_at: datetime

    @classmethod
    def of(cls, account: Account) -> "Person":
        created = datetime.fromtimestamp(account.created_at, UTC)
        return cls(**dict(User.of(account)), created_at=created)


class NewPerson(Value):
    email: str = Field(min_length=1, max_length=254, examples=["leo@acme.example"])
    role: Role
    password: Password


class PersonChange(Value):
    """What is named is done; each ends all the person's sessions."""

    role: Role | None = None
    password: Password | None = None
    end_sessions: bool = False

    @model_validator(mode="after")
    def _something(self) -> "PersonChange":
        if not (self.role or self.password or self.end_sessions):
            raise ValueError("nothing to change")
        return self


class Removed(Value):
    id: str
    status: Literal["removed"] = "removed"


class Organisation(Value):
    """Whose people, campaigns and prospects these are."""

    id: str
    language: Language


class OrganisationChange(Value):
    language: Language


def _administration(principal: Admin, parts: EdgeParts) -> Administration:
    return Administration(parts.engine, principal.org)


People = Annotated[Administration, Depends(_administration)]
"""Of the administrator's own organisation: nobody else's is known."""


@router.get("/users")
async def list_users(people: People) -> list[Person]:
    """By address."""
    return [Person.of(account) for account in await asyncio.to_thread(people.people)]


@router.post("/users", status_code=201, responses=problems(409, 429))
async def add_user(body: NewPerson, request: Request, principal: Admin, parts: EdgeParts) -> Person:
    """Whoever is told the password may sign in from now on."""
    with refusals(request):
        add = parts.accounts.add
        made = await hashed(parts, add, body.email, principal.org, body.role, body.password)
    return Person.of(made)


@router.patch("/users/{user_id}", responses=problems(404, 409, 429))
async def change_user(
    user_id: str, body: PersonChange, request: Request, people: People, parts: EdgeParts
) -> Person:
    """Another role or password, or the end of all sessions, at every edge."""
    with refusals(request):
        if body.end_sessions:
            account = await asyncio.to_thread(people.end_sessions, user_id)
        if body.role is not None:
            account = await asyncio.to_thread(people.change_role, user_id, body.role)
        if body.password is not None:
            account = await hashed(parts, people.set_password, user_id, body.password)
    await parts.sessions.look()
    return Person.of(account)


@router.delete("/users/{user_id}", responses=problems(404, 409))
async def remove_user(user_id: str, request: Request, people: People, parts: EdgeParts) -> Removed:
    """Nobody signs in with this account any more, and whoever is signed in is put out."""
    with refusals(request):
        account = await asyncio.to_thread(people.remove, user_id)
    await parts.sessions.look()
    return Removed(id=account.id)


@router.get("/organisation")
async def get_organisation(principal: Viewer, parts: EdgeParts) -> Organisation:
    """Which one this is."""
    mine = Administration(parts.engine, principal.org)
    try:
        language = await asyncio.to_thread(mine.language)
    except UnknownAccount:
        raise Problem(404, "NotFound") from None
    return Organisation(id=principal.org, language=language)


@router.patch("/organisation")
async def change_organisation(
    body: OrganisationChange, principal: Admin, people: People
) -> Organisation:
    """Its language: what its people read unless they choose another one."""
    await asyncio.to_thread(people.set_language, body.language)
    return Organisation(id=principal.org, language=body.language)


async def hashed(parts: Parts, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """What needs an argon2 waits for its turn; raises `Problem` 429 where too many do."""
    try:
        async with parts.hashing.turn():
            return await parts.hashing.run(work, *args, **kwargs)
    except TooManySignIns:
        raise too_fast(1) from None


@contextmanager
def refusals(request: Request, field: str = "password") -> Iterator[None]:
    """What an account can't be, as a `Problem`; `field` is where the new password stands. Raises
    `Problem`: 404, 409 or 422."""
    try:
        yield
    except UnknownAccount:
        raise Problem(404, "UserNotFound") from None
    except LastAdmin:
        raise Problem(409, "LastAdmin") from None
    except EmailTaken:
        raise Problem(409, "EmailTaken") from None
    except WeakPassword as weak:
        raise unusable(request, field, weak.code) from None
    except NotAnEmail:
        raise unusable(request, "email", "setting.an-email") from None


def unusable(request: Request, field: str, code: str) -> Problem:
    """What would be right in this field, in words."""
    message = render(code, language=languages.of(request))
    errors = [FieldError(field=field, message=message[:1].upper() + message[1:])]
    return Problem(422, "InvalidFields", {"fields": field}, errors=errors)
