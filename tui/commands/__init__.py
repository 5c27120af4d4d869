"""The subcommands of `intern`, one module each; a module is imported when its command is used."""
