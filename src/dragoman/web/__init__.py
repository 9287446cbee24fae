"""The explorer: pages over a corpus, served on this machine and to this machine only.

`app.build` makes the application (also for tests, without a server), `serving.serve` runs it.
"""
