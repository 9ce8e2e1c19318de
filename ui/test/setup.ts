// Nothing to prepare.
