"""Print docs/configuration.md's table of keys from scraper/config_keys.toml."""

from __future__ import annotations

from scraper.config_file import config_keys

for name, key in config_keys().items():
    others = [f"`{other}`" for other in (key.option, key.environment) if other]
    default = "" if key.default is None else f"`{key.default}`"
    print(f"| `{name}` | {key.says} | {default} | {', '.join(others)} |")
