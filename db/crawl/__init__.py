"""The state of the crawl: addresses, hosts, listed days, runs and their issues."""
