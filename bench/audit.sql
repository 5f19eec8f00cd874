-- A million events over five years, in their order. Of a draw of `dice` (0 to 1, the same in each run) the square and a bit
-- makes some of the staff more eager than others; every so many-th event is about the family that is looked at most.
WITH families AS (
    SELECT row_number() OVER (ORDER BY household.id) - 1 AS place, household.id AS household, household.citizen_id,
           birth.id AS birth, application.id AS application
    FROM applications_household AS household
    JOIN applications_birth AS birth ON birth.household_id = household.id
    JOIN applications_application AS application ON application.birth_id = birth.id
    WHERE household.municipality_id = %(town)s
), drawn AS (
    SELECT n, CASE WHEN n %% (%(events)s / %(most)s) = 0 THEN 0
                   ELSE 1 + (hashint8(n) & 1048575) %% ((SELECT count(*) FROM families) - 1) END AS place,
           (hashint8(n * 7 + 1) & 1048575) / 1048576.0 AS dice,
           hashint8(n * 13 + 5) & 1048575 AS role,
           hashint8(n * 31 + 3) & 1048575 AS verb
    FROM generate_series(1, %(events)s) AS n
)
INSERT INTO shared_event (at, verb, actor_id, municipality_id, citizen_id, subject_kind, subject_id, data)
SELECT %(now)s::timestamptz - %(days)s::interval * (1 - n / (%(events)s + 1.0)),
       CASE WHEN verb %% 10 < 5 THEN 'case.read' WHEN verb %% 10 < 7 THEN 'list.read'
            WHEN verb %% 10 = 7 THEN 'note.written' WHEN verb %% 10 = 8 THEN 'call.made' ELSE 'document.read' END,
       CASE WHEN role %% 20 < 3 THEN family.citizen_id WHEN role %% 20 = 3 THEN NULL
            ELSE (%(staff)s::bigint[])[1 + floor(cardinality(%(staff)s::bigint[]) * power(dice, 1.9))::int] END,
       %(town)s, family.citizen_id,
       CASE WHEN verb %% 10 BETWEEN 5 AND 6 THEN 'household' WHEN verb %% 10 = 9 THEN 'birth' ELSE 'application' END,
       CASE WHEN verb %% 10 BETWEEN 5 AND 6 THEN family.household WHEN verb %% 10 = 9 THEN family.birth
            ELSE family.application END,
       '{}'
FROM drawn JOIN families AS family USING (place)
ORDER BY n;
