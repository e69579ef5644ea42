"""What a crew reads: a company's own words. What its record holds is evidence by code already."""

from events.company import Company

LONGEST_TEXT_CHARS = 8000
"""Of a source's own words that a model is given."""
BEGIN, END = "<document>", "</document>"


def of_company(company: Company) -> str:
    """One prospect's document; empty where nobody says anything of it in words."""
    text = company.text.strip()[:LONGEST_TEXT_CHARS]
    return text.replace(BEGIN, "").replace(END, "").strip()


def between_marks(document: str) -> str:
    return f"{BEGIN}\n{document}\n{END}"


def in_words(words: str) -> str:
    """The document that stands in what a model is asked."""
    return words.rpartition(f"\n{END}")[0].partition(f"{BEGIN}\n")[2]
