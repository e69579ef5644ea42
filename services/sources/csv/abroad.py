"""Postal codes of other countries, which look like French ones that lost a zero: 9000 Gent."""

import re

from services.identifiers.domains import host_of
from services.identifiers.phones import normalise_phone
from services.identifiers.spelling import plain
from services.prospecting.words import folded

_BELGIAN = """
aalst alost anderlecht antwerpen anvers arlon ath bastogne binche brugge brussel brussels
bruxelles charleroi dendermonde diest dinant eupen genk gent gand geel halle hasselt herstal huy
ieper ixelles knokke kortrijk courtrai lier leuven louvain louvain-la-neuve liège luik
lokeren malmedy mechelen malines mouscron namur nivelles ninove oostende ostende oudenaarde
roeselare roulers schaerbeek seraing sint-niklaas saint-nicolas-waes soignies spa tienen tongeren
tournai turnhout uccle verviers vilvoorde vilvorde virton waregem waterloo wavre zaventem
zottegem zwevegem
"""
_SWISS = """
aarau basel bâle bellinzona bern berne biel bienne carouge chur delémont fribourg genf genève
geneva kriens la-chaux-de-fonds lancy lausanne locarno lugano luzern lucerne meyrin montreux
monthey morges neuchâtel nyon olten renens schaffhausen sierre solothurn soleure st-gallen
saint-gall thun vernier vevey winterthur yverdon yverdon-les-bains zug zoug zürich zurich
"""
_OTHERS = """
luxembourg luxemburg esch-sur-alzette differdange dudelange ettelbruck bertrange
wien graz linz salzburg innsbruck københavn copenhague copenhagen aarhus oslo bergen
budapest berlin münchen munich hamburg hambourg köln cologne frankfurt stuttgart düsseldorf
leipzig dresden hannover nürnberg bremen dortmund essen karlsruhe mannheim freiburg saarbrücken
madrid barcelona barcelone sevilla séville bilbao zaragoza málaga milano milan roma rome torino
napoli naples bologna firenze florence genova gênes verona venezia venise palermo casablanca tunis
"""


def _key(city: str) -> str:
    return re.sub(r"[\W_]+", "-", folded(city)).strip("-")


_CITIES = frozenset(_key(city) for city in f"{_BELGIAN} {_SWISS} {_OTHERS}".split()) | {
    "la-louviere", "saint-gallen", "frankfurt-am-main", "den-haag",
}  # fmt: skip
"""None that has a namesake in France."""
_NAMESAKES = frozenset(["aigle", "bruges", "bulle", "mons", "sion", "vienne"])
"""In France they are outside the départements 01 to 09, whose codes alone lose a zero."""
_ENDINGS = frozenset(("be", "ch", "lu", "at", "dk", "no", "hu", "brussels", "vlaanderen", "swiss"))
"""Of countries whose postal codes have four digits."""
_PHONES = ("+32", "+41", "+352", "+43", "+45", "+47", "+36")


def _city(text: str) -> str:
    return _key(re.sub(r"\(.*?\)|\b\d+\b", " ", plain(text)))


def is_foreign_city(city: str) -> bool:
    """Whether a larger city abroad is called so; « Gent (B) » and « 1000 Bruxelles 12 » too."""
    return _city(city) in _CITIES


def is_foreign_code(code: str, *, city: str, website: str, email: str, phone: str) -> bool:
    """Whether what stands in a postal code's column is another country's. Four digits are also
    where nothing but the site, the e-mail and the telephone are foreign."""
    if is_foreign_city(city):
        return True
    if not re.fullmatch(r"\d{4}", plain(code)):
        return False
    hosts = (host_of(website), host_of(email.rpartition("@")[2]))
    abroad = any(host.rpartition(".")[2] in _ENDINGS for host in hosts)
    return abroad or _city(city) in _NAMESAKES or normalise_phone(phone).startswith(_PHONES)
