"""What the REST API may refuse, and with which words."""

from services.edge.http.problem_catalogue import every_problem
from services.edge.http.problems import kebab
from services.reference.markdown import code, page, table


def problems() -> str:
    rows = (
        (f'<a id="{kebab(name)}"></a>{code(name)}', status, english, french)
        for name, status, french, english in every_problem()
    )
    return page(
        "Problems",
        "Every refusal is `application/problem+json` (RFC 9457): `code` is what programs go by, "
        "`detail` the sentence for people, in their language; `errors` names the fields at fault, "
        "`correlationId` is what to quote to an operator.",
        table(("code", "status", "English", "French"), rows),
    )
