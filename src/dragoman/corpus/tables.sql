-- The tables of a corpus: one DuckDB file. `docs/corpus.md` shows them with examples; every column is public.
-- Dates are DATE, offsets are code points into articles.text, lists are LIST columns, nothing unknown is made up (NULL).

-- What the file is: schema version, and the version of dragoman that made it.
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);

-- One row for each distinct coder (version, codebook, models) that has coded articles into this corpus.
CREATE TABLE runs (
  run INTEGER PRIMARY KEY, coder TEXT NOT NULL UNIQUE,   -- coder: the record's coder object as JSON with sorted keys
  version TEXT NOT NULL, codebook TEXT NOT NULL, models TEXT NOT NULL, started TIMESTAMP NOT NULL, latest BOOLEAN NOT NULL);

-- One row an article. `article` is the record's id; `content` a hash of date, source, title and text.
CREATE TABLE articles (
  article TEXT PRIMARY KEY, date DATE, source TEXT, title TEXT, url TEXT, language TEXT, text TEXT NOT NULL,
  content TEXT NOT NULL, origin TEXT, copy_of TEXT,        -- copy_of: the article of which this is a wire copy, else NULL
  similarity DOUBLE, wire TEXT);                           -- wire: the group of copies; one independent source each group

-- The whole record as dragoman wrote it, one for each run.
CREATE TABLE records (run INTEGER, article TEXT, record TEXT NOT NULL, PRIMARY KEY (run, article));

-- Entities of a record; `key` is the same in all articles for the same actor ("state:RUS", "person:sergei-lavrov").
CREATE TABLE entities (
  run INTEGER, article TEXT, entity TEXT, key TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, country TEXT,
  sectors TEXT[], office TEXT, office_country TEXT, members TEXT[], mentions INTEGER, PRIMARY KEY (run, article, entity));

CREATE TABLE events (
  run INTEGER, article TEXT, event TEXT, date DATE,        -- date: the article's
  type TEXT NOT NULL, mode TEXT, contexts TEXT[], status TEXT NOT NULL, content_status TEXT, historical BOOLEAN NOT NULL,
  reciprocal BOOLEAN NOT NULL, words TEXT NOT NULL, "start" INTEGER NOT NULL, "end" INTEGER NOT NULL,   -- of the trigger
  sentence TEXT NOT NULL, sentence_start INTEGER NOT NULL, sentence_end INTEGER NOT NULL,
  time_value TEXT, earliest DATE, latest DATE, time_stated BOOLEAN,     -- time_stated: not only bounded by the publication date
  place TEXT, place_country TEXT, lat DOUBLE, lon DOUBLE, geonames TEXT, precision TEXT,  -- precision: city, region, country
  claim TEXT, claimant TEXT, claimant_key TEXT, claimant_country TEXT, stance TEXT,       -- claim: id in claims, of the innermost attribution
  intensity DOUBLE, cameo TEXT, confidence DOUBLE NOT NULL, decided_by TEXT, entry TEXT,
  duplicate_of TEXT,                                       -- the event of this article that stands for the happening
  anchor TEXT NOT NULL,                                    -- names the coding across runs: hash of article, type, trigger words and place
  PRIMARY KEY (run, article, event));

-- Actors and recipients of events, in text order.
CREATE TABLE participants (
  run INTEGER, article TEXT, event TEXT, side TEXT,        -- side: actor, recipient
  position INTEGER, entity TEXT, key TEXT NOT NULL, name TEXT NOT NULL, country TEXT, sectors TEXT[],
  "start" INTEGER, "end" INTEGER, PRIMARY KEY (run, article, event, side, position));

-- Attributions: who says what.
CREATE TABLE claims (
  run INTEGER, article TEXT, claim TEXT, date DATE, claimant TEXT, claimant_key TEXT, claimant_country TEXT, cue TEXT,
  kind TEXT NOT NULL, stance TEXT NOT NULL, content TEXT NOT NULL, "start" INTEGER, "end" INTEGER,   -- of the content
  parent TEXT, PRIMARY KEY (run, article, claim));

-- Processes of one article (summits, talks, visits, votes); `record` is that part of the record as JSON.
CREATE TABLE processes (
  run INTEGER, article TEXT, process TEXT, date DATE, kind TEXT NOT NULL, name TEXT NOT NULL, status TEXT NOT NULL,
  place TEXT, place_country TEXT, time_value TEXT, earliest DATE, latest DATE, record TEXT NOT NULL,
  PRIMARY KEY (run, article, process));
CREATE TABLE process_parties (
  run INTEGER, article TEXT, process TEXT, position INTEGER, entity TEXT, key TEXT NOT NULL, name TEXT NOT NULL, country TEXT,
  role TEXT NOT NULL, commitment TEXT NOT NULL, PRIMARY KEY (run, article, process, position));

-- Reports linked to happenings. Every event that is no duplicate inside its article is a report of exactly one happening.
CREATE TABLE happenings (
  run INTEGER, happening TEXT, type TEXT NOT NULL, mode TEXT, status TEXT NOT NULL, title TEXT NOT NULL, earliest DATE, latest DATE,
  place TEXT, place_country TEXT, lat DOUBLE, lon DOUBLE, reports INTEGER NOT NULL, sources INTEGER NOT NULL,  -- sources: independent ones
  PRIMARY KEY (run, happening));
CREATE TABLE reports (
  run INTEGER, article TEXT, event TEXT, happening TEXT NOT NULL, score DOUBLE NOT NULL, reason TEXT NOT NULL,
  PRIMARY KEY (run, article, event));
-- Happenings that tell the same thing in ways that contradict each other: linked, never merged.
CREATE TABLE disputes (run INTEGER, happening TEXT, other TEXT, field TEXT NOT NULL, reason TEXT NOT NULL);

-- Processes joined over articles.
CREATE TABLE dossiers (
  run INTEGER, dossier TEXT, kind TEXT NOT NULL, name TEXT NOT NULL, first DATE, last DATE, status TEXT, articles INTEGER,
  PRIMARY KEY (run, dossier));
CREATE TABLE dossier_reports (
  run INTEGER, dossier TEXT, article TEXT, process TEXT, score DOUBLE NOT NULL, reason TEXT NOT NULL,
  PRIMARY KEY (run, article, process));

-- What people corrected. An overlay: nothing above is changed by it; views *_now apply it to the latest run.
CREATE TABLE corrections (
  correction TEXT PRIMARY KEY, made TIMESTAMP NOT NULL, author TEXT, action TEXT NOT NULL,  -- accept, reject, edit, merge, split
  subject TEXT NOT NULL,                                   -- event, entity, happening
  target TEXT NOT NULL, field TEXT, value TEXT, note TEXT, -- target: an events.anchor, an entity key, or a happening
  undone BOOLEAN NOT NULL DEFAULT FALSE);

-- The corrections applied to the latest run, as whole rows: made anew from `corrections` whenever one is made or undone and
-- after each addition. The *_now views put them in the place of the rows that they correct; read those views, not these.
CREATE TABLE corrected_events AS SELECT *, NULL::TEXT AS judgement FROM events LIMIT 0;  -- judgement: accepted, edited, rejected, NULL
CREATE TABLE corrected_participants AS SELECT * FROM participants LIMIT 0;
CREATE TABLE corrected_keys (key TEXT NOT NULL, article TEXT, key_now TEXT NOT NULL);    -- article: NULL where it holds everywhere
CREATE TABLE corrected_reports AS SELECT * FROM reports LIMIT 0;                        -- happening: NULL for a rejected coding
CREATE TABLE corrected_happenings AS SELECT * FROM happenings LIMIT 0;                  -- reports: 0 for one that is no more

-- What finds wire copies, kept so that later additions are compared with what is there.
CREATE TABLE fingerprints (
  article TEXT PRIMARY KEY, date DATE, words INTEGER NOT NULL, body INTEGER[] NOT NULL,  -- body: offsets of its stretches
  same TEXT NOT NULL, bands UINTEGER[] NOT NULL,           -- same: hash of all words; bands: hashes of parts of the sketches
  compared BOOLEAN NOT NULL);
-- Pairs of articles that were found to be copies of each other.
CREATE TABLE wire_links (article TEXT NOT NULL, other TEXT NOT NULL, similarity DOUBLE NOT NULL);
