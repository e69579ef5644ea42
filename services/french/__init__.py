"""Facts about France that domain, sources and pages share: SIREN, NAF, places, headcount."""
