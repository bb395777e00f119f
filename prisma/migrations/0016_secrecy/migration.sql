-- Secrecy (art. 20, 21): the declassification of theses, and what every reveal of a secret value was.

CREATE TABLE "Declassification" (
  "institution" TEXT NOT NULL,
  "id" UUID NOT NULL,
  "category" TEXT NOT NULL,
  "number" TEXT NOT NULL,
  "form" TEXT NOT NULL,
  "authority" TEXT NOT NULL,
  "responsiblePerson" TEXT NOT NULL,
  "documentNumber" TEXT NOT NULL,
  "decidedOn" TEXT NOT NULL,
  "holdsFrom" TEXT NOT NULL,
  "scanDigest" TEXT NOT NULL,
  "recordedById" UUID NOT NULL,
  "stepId" UUID NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "Declassification_pkey" PRIMARY KEY ("institution", "id")
);
CREATE INDEX "Declassification_institution_category_number_idx" ON "Declassification" ("institution", "category", "number");

CREATE TABLE "DeclassificationWithdrawal" (
  "institution" TEXT NOT NULL,
  "declassificationId" UUID NOT NULL,
  "ground" TEXT NOT NULL,
  "documentNumber" TEXT NOT NULL,
  "scanDigest" TEXT,
  "on" TEXT NOT NULL,
  "withdrawnById" UUID NOT NULL,
  "stepId" UUID NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "DeclassificationWithdrawal_pkey" PRIMARY KEY ("institution", "declassificationId")
);

ALTER TABLE "Declassification" ADD CONSTRAINT "Declassification_institution_fkey" FOREIGN KEY ("institution") REFERENCES "Institution" ("code") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "Declassification" ADD CONSTRAINT "Declassification_recordedById_fkey" FOREIGN KEY ("recordedById") REFERENCES "Officer" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "Declassification" ADD CONSTRAINT "Declassification_institution_stepId_fkey" FOREIGN KEY ("institution", "stepId") REFERENCES "Step" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "DeclassificationWithdrawal" ADD CONSTRAINT "DeclassificationWithdrawal_institution_declassificationId_fkey" FOREIGN KEY ("institution", "declassificationId") REFERENCES "Declassification" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "DeclassificationWithdrawal" ADD CONSTRAINT "DeclassificationWithdrawal_withdrawnById_fkey" FOREIGN KEY ("withdrawnById") REFERENCES "Officer" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "DeclassificationWithdrawal" ADD CONSTRAINT "DeclassificationWithdrawal_institution_stepId_fkey" FOREIGN KEY ("institution", "stepId") REFERENCES "Step" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "Declassification" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "DeclassificationWithdrawal" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "Declassification" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "DeclassificationWithdrawal" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A reveal says what it was of, of how many people, and by which sealed step. What was kept before is told apart by what is known of it.
ALTER TABLE "Reveal" ADD COLUMN "kind" TEXT NOT NULL DEFAULT 'record';
ALTER TABLE "Reveal" ADD COLUMN "people" INTEGER NOT NULL DEFAULT 1;
ALTER TABLE "Reveal" ADD COLUMN "stepId" UUID;
ALTER TABLE "Reveal" DISABLE TRIGGER append_only;
UPDATE "Reveal" SET "kind" = CASE WHEN "officerId" IS NULL THEN 'own' WHEN "field" = 'student-links' THEN 'links' ELSE 'record' END;
UPDATE "Reveal" r SET "stepId" = s."id", "people" = s."subjectCount",
    "kind" = coalesce(s."statement"::jsonb #>> '{facts,kind}', r."kind")
  FROM "Step" s
  WHERE s."institution" = r."institution" AND s."name" = 'reveal' AND s."statement"::jsonb #>> '{facts,revealId}' = r."id"::text;
ALTER TABLE "Reveal" ENABLE TRIGGER append_only;
-- Exports of before, too, show secret values of many.
INSERT INTO "Reveal" ("institution", "id", "officerId", "recordId", "field", "reason", "at", "kind", "people", "stepId")
  SELECT e."institution", e."id", e."createdById", e."id", 'identityNumber', e."purpose", e."createdAt", 'export', e."count",
    (SELECT p."stepId" FROM "StepSubject" p WHERE p."institution" = e."institution" AND p."subjectId" = e."id" AND p."kind" = 'export' LIMIT 1)
  FROM "RecordExport" e WHERE e."kind" = 'records' OR e."selection" ->> 'naming' = 'identity-number';
CREATE INDEX "Reveal_officerId_at_idx" ON "Reveal" ("officerId", "at");
ALTER TABLE "Reveal" ADD CONSTRAINT "Reveal_institution_fkey" FOREIGN KEY ("institution") REFERENCES "Institution" ("code") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "Reveal" ADD CONSTRAINT "Reveal_officerId_fkey" FOREIGN KEY ("officerId") REFERENCES "Officer" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "Reveal" ADD CONSTRAINT "Reveal_institution_stepId_fkey" FOREIGN KEY ("institution", "stepId") REFERENCES "Step" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
