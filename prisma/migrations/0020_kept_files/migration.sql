-- R4.2, R21.1: the same bytes may be several things. Bytes are kept once; as what somebody gave them, under which name, is an entry of its own,
-- so that a use asks for the kind that it needs and nobody learns of what others gave.
CREATE TABLE "KeptFile" (
  "institution" TEXT NOT NULL,
  "digest" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "by" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "mediaType" TEXT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "KeptFile_pkey" PRIMARY KEY ("institution", "digest", "kind", "by"),
  CONSTRAINT "KeptFile_institution_digest_fkey" FOREIGN KEY ("institution", "digest") REFERENCES "StoredFile" ("institution", "digest") ON DELETE RESTRICT ON UPDATE RESTRICT
);

-- Files from before this version: who gave them was not noted; what the register or a student gave is known.
INSERT INTO "KeptFile" ("institution", "digest", "kind", "by", "name", "mediaType", "at")
SELECT "institution", "digest", "kind", CASE WHEN "kind" IN ('photo', 'issued-document') THEN 'register' ELSE '' END, "name", "mediaType", "createdAt"
FROM "StoredFile" WHERE "kind" <> 'piece';
-- A student's file whose bytes had come as something else before was noted only with the student.
INSERT INTO "KeptFile" ("institution", "digest", "kind", "by", "name", "mediaType", "at")
SELECT s."institution", s."digest", 'student-evidence', 'student/' || coalesce(s."recordId", s."enrolmentRecordId"), s."name", f."mediaType", s."at"
FROM "StudentFile" s JOIN "StoredFile" f ON f."institution" = s."institution" AND f."digest" = s."digest"
ON CONFLICT DO NOTHING;
-- What was not asked for its kind until now stays what it is used as.
INSERT INTO "KeptFile" ("institution", "digest", "kind", "by", "name", "mediaType", "at")
SELECT DISTINCT u."institution", u."digest", u."kind", '', f."name", f."mediaType", f."createdAt" FROM (
  SELECT "institution", "scanDigest" AS "digest", 'resolution-scan' AS "kind" FROM "Resolution"
  UNION SELECT "institution", "rosterDigest", 'roster' FROM "Resolution"
  UNION SELECT "institution", "layout"->'background'->>'fileDigest', 'certificate-background' FROM "CertificateTemplate"
  UNION SELECT "institution", "fileDigest", "kind" FROM "Import" WHERE "kind" IN ('records', 'enrolment-records')
) AS u JOIN "StoredFile" f ON f."institution" = u."institution" AND f."digest" = u."digest"
WHERE NOT EXISTS (SELECT 1 FROM "KeptFile" k WHERE k."institution" = u."institution" AND k."digest" = u."digest" AND k."kind" = u."kind");
-- A photo whose bytes had come as something else before is the photo of its record all the same.
INSERT INTO "KeptFile" ("institution", "digest", "kind", "by", "name", "mediaType", "at")
SELECT r."institution", r."digest", 'photo', 'register', f."name", f."mediaType", f."createdAt" FROM (
  SELECT DISTINCT "institution", "photoDigest" AS "digest" FROM "DegreeRecord"
) AS r JOIN "StoredFile" f ON f."institution" = r."institution" AND f."digest" = r."digest"
ON CONFLICT DO NOTHING;

-- What is kept of bytes says nothing any more of what they are; a sealed piece stays one.
UPDATE "StoredFile" SET "kind" = 'file' WHERE "kind" <> 'piece';
ALTER TABLE "StoredFile" DROP COLUMN "name", DROP COLUMN "mediaType";

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "KeptFile" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "KeptFile" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
