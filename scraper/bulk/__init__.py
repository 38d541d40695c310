"""Web corpora in bulk: shards of WARC, WET or pages through the parsers on many processes or machines, into Parquet.

`shard` reads one file and writes one; `manifest` knows what is done; `cluster` deals shards out with Ray; `output` is read back.
"""
