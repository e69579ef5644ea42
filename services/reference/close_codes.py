"""Why a WebSocket was closed."""

from services.edge.stream.close_codes import MEANINGS
from services.reference.markdown import code, page, table


def close_codes() -> str:
    return page(
        "WebSocket close codes",
        table(("code", "name", "meaning"), ((int(c), code(c.name), MEANINGS[c]) for c in MEANINGS)),
        "“Come back with your cursor”: connect again and send "
        '`{"type": "SUBSCRIBE", "payload": {"after": cursor}}`; nothing is lost, nothing comes '
        "twice. The reason that comes with a code is for a developer's console, in English.",
    )
