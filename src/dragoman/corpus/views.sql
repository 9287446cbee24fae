-- What holds now: the latest run, with the corrections applied. The explorer and most queries read these.

CREATE OR REPLACE VIEW events_now AS
SELECT e.*, NULL::TEXT AS judgement FROM events AS e
ANTI JOIN corrected_events AS c ON e.run = c.run AND e.article = c.article AND e.event = c.event
WHERE e.run = (SELECT run FROM runs WHERE latest)
UNION ALL
SELECT * FROM corrected_events WHERE judgement IS DISTINCT FROM 'rejected';

CREATE OR REPLACE VIEW participants_now AS
SELECT p.* FROM participants AS p
ANTI JOIN corrected_events AS c ON p.run = c.run AND p.article = c.article AND p.event = c.event
WHERE p.run = (SELECT run FROM runs WHERE latest)
UNION ALL
SELECT * FROM corrected_participants;

CREATE OR REPLACE VIEW entities_now AS
SELECT e.* REPLACE (coalesce(here.key_now, everywhere.key_now, e.key) AS key) FROM entities AS e
LEFT JOIN corrected_keys AS here ON here.key = e.key AND here.article = e.article
LEFT JOIN corrected_keys AS everywhere ON everywhere.key = e.key AND everywhere.article IS NULL
WHERE e.run = (SELECT run FROM runs WHERE latest);

CREATE OR REPLACE VIEW reports_now AS
SELECT r.* FROM reports AS r
ANTI JOIN corrected_reports AS c ON r.run = c.run AND r.article = c.article AND r.event = c.event
WHERE r.run = (SELECT run FROM runs WHERE latest)
UNION ALL
SELECT * FROM corrected_reports WHERE happening IS NOT NULL;

CREATE OR REPLACE VIEW happenings_now AS
SELECT h.* FROM happenings AS h
ANTI JOIN corrected_happenings AS c ON h.run = c.run AND h.happening = c.happening
WHERE h.run = (SELECT run FROM runs WHERE latest)
UNION ALL
SELECT * FROM corrected_happenings WHERE reports > 0;

-- What differs between two runs, over the articles that both have coded: FROM compared(1, 2).
-- A coding is the same by its anchor; else one that is lost and one that is added on overlapping words are paired.
CREATE OR REPLACE MACRO compared(old_run, new_run) AS TABLE
WITH both_have AS (
  SELECT article FROM records WHERE run = old_run INTERSECT SELECT article FROM records WHERE run = new_run),
sides AS (
  SELECT run, article, event, string_agg(side || ' ' || key, '; ' ORDER BY side, position) AS parties
  FROM participants WHERE run IN (old_run, new_run) GROUP BY ALL),
codings AS (
  SELECT e.*, coalesce(s.parties, '') AS parties FROM events AS e SEMI JOIN both_have USING (article)
  LEFT JOIN sides AS s USING (run, article, event) WHERE e.run IN (old_run, new_run)),
olds AS (SELECT * FROM codings WHERE run = old_run),
news AS (SELECT * FROM codings WHERE run = new_run),
lost AS (SELECT * FROM olds ANTI JOIN news USING (anchor)),
added AS (SELECT * FROM news ANTI JOIN olds USING (anchor)),
overlapping AS (
  SELECT lost.anchor AS old_anchor, added.anchor AS new_anchor,
    row_number() OVER (PARTITION BY lost.anchor ORDER BY added."start", added.anchor) AS of_lost,
    row_number() OVER (PARTITION BY added.anchor ORDER BY lost."start", lost.anchor) AS of_added
  FROM lost JOIN added ON lost.article = added.article AND lost."start" < added."end" AND added."start" < lost."end"),
pairs AS (
  SELECT anchor AS old_anchor, anchor AS new_anchor FROM olds SEMI JOIN news USING (anchor)
  UNION ALL SELECT old_anchor, new_anchor FROM overlapping WHERE of_lost = 1 AND of_added = 1),
differing AS (
  SELECT o.article, n.anchor, n.words, n."start", o.event AS event_old, n.event AS event_new, o.type AS type_old,
    n.type AS type_new, list_filter([
      CASE WHEN o.type <> n.type THEN 'type' END,
      CASE WHEN o.mode IS DISTINCT FROM n.mode THEN 'mode' END,
      CASE WHEN o.contexts IS DISTINCT FROM n.contexts THEN 'contexts' END,
      CASE WHEN o.status <> n.status THEN 'status' END,
      CASE WHEN o.content_status IS DISTINCT FROM n.content_status THEN 'content_status' END,
      CASE WHEN o.historical <> n.historical THEN 'historical' END,
      CASE WHEN o.parties <> n.parties OR o.reciprocal <> n.reciprocal THEN 'parties' END,
      CASE WHEN (o.earliest, o.latest) IS DISTINCT FROM (n.earliest, n.latest) THEN 'time' END,
      CASE WHEN (o.place, o.place_country) IS DISTINCT FROM (n.place, n.place_country) THEN 'place' END,
      CASE WHEN (o.claimant, o.claimant_key, o.stance) IS DISTINCT FROM (n.claimant, n.claimant_key, n.stance)
        THEN 'claimant' END
    ], lambda field: field IS NOT NULL) AS fields
  FROM pairs JOIN olds AS o ON o.anchor = old_anchor JOIN news AS n ON n.anchor = new_anchor)
SELECT 'changed' AS change, article, anchor, fields, words, "start", event_old, event_new, type_old, type_new
FROM differing WHERE len(fields) > 0
UNION ALL
SELECT 'lost', article, anchor, [], words, "start", event, NULL, type, NULL
FROM lost WHERE anchor NOT IN (SELECT old_anchor FROM pairs)
UNION ALL
SELECT 'added', article, anchor, [], words, "start", NULL, event, NULL, type
FROM added WHERE anchor NOT IN (SELECT new_anchor FROM pairs);

-- How far a happening had come by when, as its reports tell it: one row for each status.
CREATE OR REPLACE VIEW happening_stages AS
SELECT r.happening, e.status, min(e.date) AS first, max(e.date) AS last, count(*) AS reports,
  count(DISTINCT coalesce(a.wire, a.article)) AS sources
FROM reports_now AS r JOIN events_now AS e USING (run, article, event) JOIN articles AS a USING (article)
GROUP BY r.happening, e.status;
