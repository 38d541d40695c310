"""From the web to the archive: sources, fetching, the scheduled run and the `bayegan` command."""
