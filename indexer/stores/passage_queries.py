"""The SQL that reads passages. The tables and views that it names are made in `passage_writer`.

Rows and keys are bound as one JSON array, so that a query takes however many of them.
"""

from __future__ import annotations

HITS = "SELECT hits.* FROM json_each(?) j JOIN hits ON hits.row = j.value"
# The rows of a page and those up to a distance from them; what is shown of hits alone is NULL beside them.
PAGE = """
SELECT j.value, p.row, p.transcript, p.id, p.text, s.id, s.name, s.other_names, s.title, s.affiliation, s.role,
    p.section, p.heading, p.delivery, p.language, p.page, p.position, p.time_start, p.time_end, p.exchange, p.asks,
    t.id, t.title, t.company, t.ticker, t.period, t.date, t.language, t.kind,
    a.id, a.text, b.id, b.name, b.other_names, b.title, b.affiliation, b.role
FROM json_each(:rows) j JOIN passages p ON p.row BETWEEN j.value - :distance AND j.value + :distance
JOIN speakers s ON s.number = p.speaker
LEFT JOIN transcripts t ON p.row = j.value AND t.number = p.transcript
LEFT JOIN questions q ON p.row = j.value AND q.transcript = p.transcript AND q.exchange = p.exchange
LEFT JOIN passages a ON a.row = q.row LEFT JOIN speakers b ON b.number = a.speaker
"""
NEIGHBOURS = """
WITH wanted AS (
    SELECT m.row AS centre, t.first_row, t.first_row + t.passages - 1 AS last_row
    FROM json_each(:rows) j JOIN passages m ON m.row = j.value JOIN transcripts t ON t.number = m.transcript)
SELECT centre, hits.* FROM wanted JOIN hits
WHERE hits.row BETWEEN max(centre - :distance, first_row) AND min(centre + :distance, last_row)
    AND hits.row != centre
ORDER BY hits.row
"""
QUESTIONS = """
SELECT q.exchange, hits.* FROM json_each(?) j
JOIN transcripts k ON k.id = json_extract(j.value, '$[0]')
JOIN questions q ON q.transcript = k.number AND q.exchange = json_extract(j.value, '$[1]')
JOIN hits ON hits.row = q.row
"""
EXCHANGES = """
SELECT p.exchange, hits.* FROM json_each(?) j
JOIN transcripts k ON k.id = json_extract(j.value, '$[0]')
JOIN passages p ON p.row BETWEEN k.first_row AND k.first_row + k.passages - 1
    AND p.exchange = json_extract(j.value, '$[1]')
JOIN hits ON hits.row = p.row
ORDER BY hits.row
"""
OF_TRANSCRIPT = """
SELECT hits.* FROM transcripts k JOIN hits ON hits.row BETWEEN k.first_row AND k.first_row + k.passages - 1
WHERE k.id = ? ORDER BY hits.row
"""
PEOPLE = "SELECT name, other_names, affiliation, role FROM speakers GROUP BY 1, 2, 3, 4"
OFFICERS = """
SELECT DISTINCT s.name, s.other_names, s.title, t.company, t.ticker
FROM (SELECT DISTINCT transcript, speaker FROM passages) p
JOIN speakers s ON s.number = p.speaker JOIN transcripts t ON t.number = p.transcript
WHERE s.role = 'management' AND s.title IS NOT NULL ORDER BY t.date
"""
CALLS = "SELECT id, company, ticker, period, date FROM transcripts ORDER BY number"
ASKED = """
SELECT p.row, p.asks, q.row FROM json_each(?) j JOIN passages p ON p.row = j.value
JOIN questions q ON q.transcript = p.transcript AND q.exchange = p.exchange
"""
