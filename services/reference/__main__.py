"""`make references`: writes every generated file."""

from services.reference.files import everything

for file, text in everything().items():
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
