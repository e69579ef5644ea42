"""What happened: the facts of Filon, and nothing that decides, stores or shows them."""
