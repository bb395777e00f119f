-- Keys (art. 21): which keys of the ring are in use, what a job could not do, and the one change that a superseded version may undergo.

CREATE TABLE "RingKey" (
  "use" TEXT NOT NULL,
  "id" TEXT NOT NULL,
  "check" TEXT,
  "firstUsedAt" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "RingKey_pkey" PRIMARY KEY ("use", "id")
);

CREATE TABLE "JobProblem" (
  "institution" TEXT NOT NULL,
  "jobId" UUID NOT NULL,
  "place" TEXT NOT NULL,
  "code" TEXT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "JobProblem_pkey" PRIMARY KEY ("institution", "jobId", "place"),
  CONSTRAINT "JobProblem_institution_jobId_fkey" FOREIGN KEY ("institution", "jobId") REFERENCES "Job" ("institution", "id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- Registers from before this version: the keys that their boxes name. From now on a server enters its key before it seals anything.
INSERT INTO "RingKey" ("use", "id", "firstUsedAt")
SELECT 'field', "id", now() FROM (
  SELECT split_part("identityNumber", '.', 2) AS "id" FROM "DegreeRecord"
  UNION SELECT split_part("phone", '.', 2) FROM "DegreeRecord"
  UNION SELECT split_part("email", '.', 2) FROM "DegreeRecord"
  UNION SELECT split_part("content"->>'identityNumber', '.', 2) FROM "RecordVersion"
  UNION SELECT split_part("content"->>'phone', '.', 2) FROM "RecordVersion"
  UNION SELECT split_part("content"->>'email', '.', 2) FROM "RecordVersion"
  UNION SELECT split_part("identityNumber", '.', 2) FROM "EnrolmentRecord"
  UNION SELECT split_part("content", '.', 2) FROM "StudentDispute"
  UNION SELECT split_part("content", '.', 2) FROM "CorrectionRequest"
  UNION SELECT split_part("reason", '.', 2) FROM "ReceivedObjection"
  UNION SELECT split_part("name", '.', 2) FROM "ReceivedObjection"
  UNION SELECT split_part("contact", '.', 2) FROM "ReceivedObjection"
  UNION SELECT split_part(v."box", '.', 2) FROM "ApplicationRecord" a
    CROSS JOIN LATERAL jsonb_array_elements(CASE jsonb_typeof(a."content"->'changes') WHEN 'array' THEN a."content"->'changes' ELSE '[]' END) AS c("change")
    CROSS JOIN LATERAL (VALUES (c."change"->>'before'), (c."change"->>'after')) AS v("box")
    WHERE c."change"->>'field' IN ('identityNumber', 'phone', 'email')
  UNION SELECT encode(substring("bytes" FROM 2 FOR get_byte("bytes", 0)), 'escape') FROM "StoredFile" WHERE "kind" = 'piece' AND length("bytes") > 0
  UNION SELECT encode(substring("box" FROM 2 FOR get_byte("box", 0)), 'escape') FROM "ExportPiece" WHERE length("box") > 0
) AS used WHERE "id" ~ '^[A-Za-z0-9_-]{1,64}$';

-- R12.2: a superseded version stays as it was sealed. Only the boxes of its secret fields may go over to another key, box for box, and only
-- where the transaction says that it is re-encrypting. Whoever says so and puts another value into a box is found out all the same: the
-- version's digest, which stands in a sealed step, commits to the value and not to the box.
DROP TRIGGER append_only ON "RecordVersion";
CREATE TRIGGER append_only BEFORE DELETE ON "RecordVersion" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE FUNCTION guard_superseded_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  secret text;
BEGIN
  IF current_setting('vermilion.re_encrypt', true) IS DISTINCT FROM 'on'
    OR to_jsonb(NEW) - 'content' IS DISTINCT FROM to_jsonb(OLD) - 'content'
    OR NEW."content" - ARRAY['identityNumber', 'phone', 'email'] IS DISTINCT FROM OLD."content" - ARRAY['identityNumber', 'phone', 'email'] THEN
    RAISE EXCEPTION 'the original-record archive is append-only (article 12): % on %', TG_OP, TG_TABLE_NAME USING ERRCODE = 'check_violation';
  END IF;
  FOREACH secret IN ARRAY ARRAY['identityNumber', 'phone', 'email'] LOOP
    IF NEW."content"->secret IS DISTINCT FROM OLD."content"->secret
      AND (OLD."content"->>secret !~ '^v1\.' OR NEW."content"->>secret !~ '^v1\.[A-Za-z0-9_-]{1,64}\.[A-Za-z0-9_-]{16}\.[A-Za-z0-9_-]{22,}$'
        OR OLD."content"->>secret IS NULL OR NEW."content"->>secret IS NULL
        OR length(split_part(NEW."content"->>secret, '.', 4)) <> length(split_part(OLD."content"->>secret, '.', 4))) THEN
      RAISE EXCEPTION 'the original-record archive is append-only (article 12): % on %', TG_OP, TG_TABLE_NAME USING ERRCODE = 'check_violation';
    END IF;
  END LOOP;
  RETURN NEW;
END $$;
CREATE TRIGGER only_boxes_change BEFORE UPDATE ON "RecordVersion" FOR EACH ROW EXECUTE FUNCTION guard_superseded_version();
