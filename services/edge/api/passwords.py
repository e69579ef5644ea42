"""`/api/auth/password`: everybody's own."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from events.fact import Value
from services.accounts import Administration
from services.edge.api.auth import (
    Credentials,
    Session,
    account_of,
    address_of,
    authenticated,
    open_session,
)
from services.edge.api.users import Password, hashed, refusals, unusable
from services.edge.http.authentication import Viewer
from services.edge.http.parts import EdgeParts
from services.edge.http.problems import Problem
from services.edge.http.responses import problems

router = APIRouter(prefix="/api/auth", tags=["auth"])


class PasswordChange(Value):
    current_password: Password
    new_password: Password


@router.post("/password", responses=problems(400, 401, 403, 415, 422, 429, 503))
async def change_password(
    body: PasswordChange, request: Request, response: Response, principal: Viewer, parts: EdgeParts
) -> Session:
    """Ends all the person's sessions, and opens the one that it answers. Guesses at the present
    password are slowed down as those of a sign-in are."""
    email = (await account_of(parts, principal)).email
    try:
        given = Credentials(email=email, password=body.current_password)
        await authenticated(parts, given, address_of(request))
    except Problem as problem:
        if problem.status != 401:
            raise
        raise unusable(request, "currentPassword", "invalid.password.wrong") from None
    own = Administration(parts.engine, principal.org)
    with refusals(request, "newPassword"):
        account = await hashed(parts, own.set_password, principal.user_id, body.new_password)
    await parts.sessions.look()
    return open_session(response, parts, account)
