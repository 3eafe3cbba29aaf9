"""The command line: `tp grade`, `tp feedback`, `tp report`, `tp doctor`."""
