"""The command line of the library: one module a command, texts in `data/locales/cli.toml` and `errors.toml`."""
