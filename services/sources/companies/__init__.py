"""The French company search, an open service of the State: names, places, activities, managers."""

from services.sources.companies.source import CompanySearch, CompanySearchSettings

__all__ = ["CompanySearch", "CompanySearchSettings"]
