"""Lists of invented companies, of any length, with SIRENs whose check digit is right."""


def csv_of(count: int, first: int = 0) -> bytes:
    """A list as a French spreadsheet exports it; every third company fits `TARGETING`."""
    header = "SIREN;Raison sociale;Code NAF;Effectif;Code postal;Ville;Contact;Fonction;E-mail\n"
    return (header + "".join(_line(n) for n in range(first, first + count))).encode("utf-8-sig")


TARGETING = {
    "activities": ["62.01Z"],
    "departements": ["75"],
    "headcountBands": ["12"],
    "jobTitles": ["directrice générale"],
}


def _line(n: int) -> str:
    fits = n % 3 == 0
    activity, postal_code, headcount = (
        ("62.01Z", "75011", "37") if fits else ("10.71C", "13001", "4")
    )
    return (
        f"{siren(n)};Société Imaginaire {n};{activity};{headcount};{postal_code};Paris;"
        f"Ada Exemple {n};Directrice générale;ada{n}@imaginaire-{n}.example\n"
    )


def siren(n: int) -> str:
    body = f"{80_000_000 + n:08d}"
    doubled = [int(d) * (2 if i % 2 else 1) for i, d in enumerate(body)]
    total = sum(d - 9 if d > 9 else d for d in doubled)
    return f"{body}{-total % 10}"
