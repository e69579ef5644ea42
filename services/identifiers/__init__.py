"""Domains, e-mail addresses and telephone numbers in the one spelling that sources agree on."""
