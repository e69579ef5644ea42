"""`filon up`: every process of Filon on one machine, kept alive together and stopped together."""
