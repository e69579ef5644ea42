"""What operators do: examine, save and restore an installation."""
