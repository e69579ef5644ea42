"""What is one company's name, however it is written."""

import re

from services.prospecting.words import folded, words_in

_FORMS = """
sa sas sasu sarl sarlu eurl sci scp scop scic snc scm scea scs sca gaec earl selarl selas selasu
selafa selca sep gie geie ei eirl eurlu sprl srl asbl bvba bv nv societe ste sté ets etablissement
etablissements cie compagnie entreprise association groupe gmbh mbh ag kg ohg ug ev ltd limited
llc llp plc inc incorporated corp corporation co company spa sl slu oy ab as aps sp zoo sro kft
pty ооо оао зао пао ип αε επε sp oo
"""
LEGAL_FORMS = frozenset(folded(form) for form in _FORMS.split())
"""What says how a company is constituted rather than what it is called."""

_CJK_FORMS = re.compile("株式会社|有限会社|合同会社|有限公司|주식회사")
_SPELT_OUT = re.compile(r"(?<![^\W\d_])(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![^\W\d_]))?")
"""`S.A.R.L.`"""


def name_words(name: str) -> tuple[str, ...]:
    """What a name consists of, in its order, legal forms left out unless nothing else is there;
    signs alone (`!!!`) are their own name."""
    joined = _SPELT_OUT.sub(lambda found: found[0].replace(".", ""), name)
    words = words_in(_CJK_FORMS.sub(" ", joined))
    kept = tuple(word for word in words if word not in LEGAL_FORMS)
    return kept or tuple(words_in(joined)) or tuple(folded(name).split())


def same_name(one: str, other: str) -> bool:
    """Whether both may be the same company's: the same words, all words of one in the other, or
    the same letters."""
    first, second = name_words(one), name_words(other)
    if not first or not second:
        return False
    words = {*first} <= {*second} or {*second} <= {*first}
    return words or "".join(first) == "".join(second)
