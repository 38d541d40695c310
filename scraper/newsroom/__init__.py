"""The sample newsroom: a small invented news site behind a real HTTP server on the loopback address.

`bayegan crawl sample` crawls it as it crawls any publisher, so that the whole job can be tried, shown and tested
without a network.
"""

from scraper.newsroom.server import Newsroom, NewsroomError, newsroom_port

__all__ = ["Newsroom", "NewsroomError", "newsroom_port"]
