"""The command line. A file for each command; nothing heavy is imported before a command runs."""

from flexports.cli.app import app, main

__all__ = ["app", "main"]
