-- What everything adds up to, kept for pages that show the whole of a corpus: made anew for a run after each addition to it.
-- Both leave corrections out; `dragoman.corpus.sums` has the queries that take these in.

-- Names of actors. told: how often it is actor or recipient under this name; events: without what one article tells twice.
CREATE TABLE IF NOT EXISTS actor_names (
  run INTEGER, key TEXT NOT NULL, name TEXT NOT NULL, country TEXT, told BIGINT NOT NULL, events BIGINT NOT NULL);
-- Who does what to whom how often; of what several do together (reciprocal), each two of them, the smaller key first.
CREATE TABLE IF NOT EXISTS actor_pairs (
  run INTEGER, actor TEXT NOT NULL, recipient TEXT NOT NULL, type TEXT NOT NULL, events BIGINT NOT NULL);
