"""The command line: says, asks and shows, decides nothing. One module a command."""
