"""`filon`, the command line: a module for each of its parts, which import what they run only when
they run it, for a process that is started again should not pay for another's."""
