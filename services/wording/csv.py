"""Why a file or a line is refused, and what columns are called, in French and English."""

_EXPECTED_FR = "SIREN, Raison sociale, Code NAF, Effectif, Code postal, Ville, Contact, E-mail"
_EXPECTED_EN = "SIREN, Company, NAF, Headcount, Postcode, City, Contact, Email"

WORDING: dict[str, tuple[str, str]] = {
    # A whole file
    "csv.spreadsheet": (
        "C'est un classeur ({format}) : ouvrez-le dans votre tableur, choisissez Fichier > "
        "Enregistrer sous > « CSV UTF-8 (délimité par des virgules) », puis envoyez ce CSV.",
        "This is a workbook ({format}): open it in your spreadsheet, choose File > Save as > "
        "“CSV UTF-8 (comma delimited)”, then send that CSV.",
    ),
    "csv.pdf": (
        "C'est un PDF : exportez la liste en CSV depuis le logiciel d'où elle vient.",
        "This is a PDF: export the list as CSV from where it comes from.",
    ),
    "csv.archive": (
        "C'est une archive compressée : décompressez-la et envoyez le CSV qu'elle contient.",
        "This is a compressed archive: unpack it and send the CSV inside.",
    ),
    "csv.image": (
        "C'est une image : envoyez la liste au format CSV.",
        "This is an image: send the list as CSV.",
    ),
    "csv.binary": (
        "Ce n'est pas du texte : envoyez la liste au format CSV.",
        "This is no text: send the list as CSV.",
    ),
    "csv.empty": (
        "Le fichier est vide : la première ligne doit nommer les colonnes.",
        "The file is empty; its first line must name the columns.",
    ),
    "csv.noColumn": (
        "Aucune colonne n'est reconnue (lu : {columns}). La première ligne doit les nommer, par "
        f"exemple : {_EXPECTED_FR}.",
        "No column is recognised (read: {columns}). The first line must name them, for example: "
        f"{_EXPECTED_EN}.",
    ),
    "csv.noIdentity": (
        "Rien n'identifie les entreprises (lu : {columns}). Ajoutez une colonne SIREN, "
        "Raison sociale, Site web ou E-mail.",
        "Nothing identifies the companies (read: {columns}). Add a column SIREN, Company, "
        "Website or Email.",
    ),
    "csv.noLine": (
        "Le fichier n'a que ses titres de colonnes : ajoutez une ligne par entreprise.",
        "The file has nothing but its header; add one line for each company.",
    ),
    # One line
    "siren.digits": (
        "« {value} » n'est pas un SIREN (9 chiffres) ni un SIRET (14 chiffres).",
        "“{value}” is neither a SIREN (9 digits) nor a SIRET (14 digits).",
    ),
    "siren.check": (
        "« {value} » : la clé de contrôle est fausse, un chiffre est erroné.",
        "“{value}”: the check digit is wrong, so some digit is.",
    ),
    "siren.scientific": (
        "« {value} » : le tableur a perdu des chiffres. Mettez la colonne au format Texte ou "
        "Nombre sans décimale, puis exportez à nouveau.",
        "“{value}”: the spreadsheet lost digits. Format the column as text, or as a number "
        "without decimals, and export again.",
    ),
    "line.noIdentity": (
        "Ni SIREN, ni nom, ni site web, ni e-mail : rien n'identifie l'entreprise.",
        "No SIREN, name, website or e-mail: nothing identifies the company.",
    ),
    "line.tooManyFields": (
        "{found} champs pour {expected} colonnes : mettez entre guillemets le champ qui contient "
        "le séparateur.",
        "{found} fields for {expected} columns: quote the field that contains the separator.",
    ),
    "line.openQuote": (
        "Un guillemet est ouvert et jamais fermé : fermez-le ou doublez-le.",
        "A quotation mark opens and never closes; close it or double it.",
    ),
    "line.tooLong": (
        "La ligne est trop longue pour être celle d'une entreprise (100 000 caractères au plus).",
        "The line is too long to be one company's (100,000 characters at most).",
    ),
    "line.header": (
        "Ce sont encore les titres des colonnes.",
        "These are the column titles again.",
    ),
    "line.total": (
        "C'est un total, pas une entreprise.",
        "This is a total, not a company.",
    ),
    "line.optOut": (
        "« {column} » : cette personne ne veut pas être contactée.",
        "“{column}”: this person does not want to be contacted.",
    ),
    "line.optedOut": (
        "Désabonné ou en erreur : cette personne ne doit plus être contactée.",
        "Unsubscribed or bounced: this person must not be contacted any more.",
    ),
    "line.notPublic": (
        "L'entreprise s'oppose à la diffusion de ses données.",
        "The company objects to its data being spread.",
    ),
    "line.closed": ("L'entreprise a cessé son activité.", "The company has closed."),
    # Columns
    "column.siren": ("SIREN", "SIREN"),
    "column.name": ("Entreprise", "Company"),
    "column.activity": ("Code NAF", "NAF code"),
    "column.headcount": ("Effectif", "Headcount"),
    "column.category": ("Catégorie", "Category"),
    "column.postalCode": ("Code postal", "Postcode"),
    "column.city": ("Ville", "City"),
    "column.website": ("Site web", "Website"),
    "column.contact": ("Contact", "Contact"),
    "column.firstName": ("Prénom du contact", "Contact's first name"),
    "column.lastName": ("Nom du contact", "Contact's last name"),
    "column.title": ("Fonction", "Job title"),
    "column.email": ("E-mail", "E-mail"),
    "column.phone": ("Téléphone", "Phone"),
    "column.optOut": ("Refus d'être contacté", "Opt-out"),
    "column.dropped": ("Non conservée (donnée personnelle)", "Not kept (personal data)"),
}
