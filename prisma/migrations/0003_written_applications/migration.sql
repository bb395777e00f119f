-- The four written applications (art. 11(6), 15, 16): what each kind says of its people, every document that was sealed for a case,
-- each dispatch to each addressee, each decision, and how a record ended.

ALTER TABLE "WrittenApplication" ALTER COLUMN "resolutionId" DROP NOT NULL;
ALTER TABLE "WrittenApplication" ADD COLUMN "caseNumber" TEXT;
ALTER TABLE "WrittenApplication" ADD COLUMN "content" JSONB NOT NULL DEFAULT '{}';
ALTER TABLE "WrittenApplication" ADD COLUMN "revocationResolutionId" UUID;
ALTER TABLE "WrittenApplication" ADD COLUMN "dueOn" TEXT;
ALTER TABLE "WrittenApplication" ADD COLUMN "checkedById" UUID;
ALTER TABLE "WrittenApplication" ADD COLUMN "carriedOutAt" TIMESTAMPTZ(3);
-- Cases from before this version are numbered in the order in which they were drafted.
UPDATE "WrittenApplication" a SET "caseNumber" = n."number" FROM (
  SELECT "institution", "id", 'BB-' || extract(year FROM "createdAt" AT TIME ZONE 'Asia/Shanghai') || '-' || lpad((row_number() OVER (PARTITION BY "institution", extract(year FROM "createdAt" AT TIME ZONE 'Asia/Shanghai') ORDER BY "id"))::text, 4, '0') AS "number"
  FROM "WrittenApplication") n WHERE a."institution" = n."institution" AND a."id" = n."id";
INSERT INTO "NumberSequence" ("institution", "name", "last")
  SELECT "institution", 'case/BB/' || substr("caseNumber", 4, 4), count(*) FROM "WrittenApplication" GROUP BY 1, 2;
ALTER TABLE "WrittenApplication" ALTER COLUMN "caseNumber" SET NOT NULL;
CREATE UNIQUE INDEX "WrittenApplication_institution_caseNumber_key" ON "WrittenApplication" ("institution", "caseNumber");
CREATE INDEX "WrittenApplication_institution_state_dueOn_id_idx" ON "WrittenApplication" ("institution", "state", "dueOn", "id");

ALTER TABLE "ApplicationRecord" ADD COLUMN "version" INTEGER;
ALTER TABLE "ApplicationRecord" ADD COLUMN "content" JSONB NOT NULL DEFAULT '{}';
ALTER TABLE "ApplicationRecord" ADD COLUMN "afterSalt" TEXT;
ALTER TABLE "ApplicationRecord" ADD COLUMN "afterDigest" TEXT;
UPDATE "ApplicationRecord" a SET "version" = r."version" FROM "DegreeRecord" r WHERE r."institution" = a."institution" AND r."id" = a."recordId";
ALTER TABLE "ApplicationRecord" ALTER COLUMN "version" SET NOT NULL;

CREATE TABLE "RevocationResolution" (
  "institution" TEXT NOT NULL,
  "id" UUID NOT NULL,
  "number" TEXT NOT NULL,
  "meeting" TEXT NOT NULL,
  "decidedOn" TEXT NOT NULL,
  "effectiveOn" TEXT NOT NULL,
  "members" INTEGER NOT NULL,
  "present" INTEGER NOT NULL,
  "yes" INTEGER NOT NULL,
  "no" INTEGER NOT NULL,
  "abstain" INTEGER NOT NULL,
  "headName" TEXT NOT NULL,
  "chairName" TEXT NOT NULL,
  "scanDigest" TEXT NOT NULL,
  "createdAt" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "RevocationResolution_pkey" PRIMARY KEY ("institution", "id")
);
CREATE UNIQUE INDEX "RevocationResolution_institution_number_key" ON "RevocationResolution" ("institution", "number");

CREATE TABLE "ApplicationDocument" (
  "institution" TEXT NOT NULL,
  "applicationId" UUID NOT NULL,
  "sequence" INTEGER NOT NULL,
  "documentNumber" TEXT NOT NULL,
  "documentDate" TEXT NOT NULL,
  "verificationCode" TEXT NOT NULL,
  "pdfDigest" TEXT NOT NULL,
  "dataDigest" TEXT NOT NULL,
  "sealedAt" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "ApplicationDocument_pkey" PRIMARY KEY ("institution", "applicationId", "sequence")
);
CREATE UNIQUE INDEX "ApplicationDocument_verificationCode_key" ON "ApplicationDocument" ("verificationCode");
INSERT INTO "ApplicationDocument"
  SELECT "institution", "id", 1, "documentNumber", "documentDate", "verificationCode", "pdfDigest", "dataDigest", "sealedAt"
  FROM "WrittenApplication" WHERE "sealedAt" IS NOT NULL;

CREATE TABLE "Dispatch" (
  "institution" TEXT NOT NULL,
  "applicationId" UUID NOT NULL,
  "document" INTEGER NOT NULL,
  "addressee" TEXT NOT NULL,
  "channel" TEXT NOT NULL,
  "dispatchedOn" TEXT NOT NULL,
  "receipt" TEXT,
  "proofDigest" TEXT,
  "dispatchedById" UUID NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "Dispatch_pkey" PRIMARY KEY ("institution", "applicationId", "document", "addressee")
);

CREATE TABLE "ApplicationDecision" (
  "institution" TEXT NOT NULL,
  "applicationId" UUID NOT NULL,
  "sequence" INTEGER NOT NULL,
  "decision" TEXT NOT NULL,
  "number" TEXT NOT NULL,
  "reason" TEXT,
  "fileDigest" TEXT NOT NULL,
  "decidedById" UUID NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "ApplicationDecision_pkey" PRIMARY KEY ("institution", "applicationId", "sequence")
);

-- Decisions of before, by the officer whose sealed step they are.
INSERT INTO "ApplicationDecision"
  SELECT a."institution", a."id", 1, a."decision", coalesce(a."decisionNumber", ''), a."decisionReason", coalesce(a."decisionFileDigest", ''), s."officerId", a."decidedAt"
  FROM "WrittenApplication" a
  JOIN "StepSubject" x ON x."institution" = a."institution" AND x."kind" = 'application' AND x."subjectId" = a."id"
  JOIN "Step" s ON s."institution" = x."institution" AND s."id" = x."stepId" AND s."name" = 'decide-application'
  WHERE a."decidedAt" IS NOT NULL;

CREATE TABLE "RecordEnd" (
  "institution" TEXT NOT NULL,
  "recordId" UUID NOT NULL,
  "state" TEXT NOT NULL,
  "on" TEXT NOT NULL,
  "ground" TEXT NOT NULL,
  "documentNumber" TEXT NOT NULL,
  "fileDigest" TEXT NOT NULL,
  "applicationId" UUID,
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "RecordEnd_pkey" PRIMARY KEY ("institution", "recordId")
);
CREATE INDEX "RecordEnd_institution_at_recordId_idx" ON "RecordEnd" ("institution", "at", "recordId");

CREATE TABLE "RosterStrike" (
  "institution" TEXT NOT NULL,
  "resolutionId" UUID NOT NULL,
  "sequence" INTEGER NOT NULL,
  "reason" TEXT NOT NULL,
  "documentNumber" TEXT NOT NULL,
  "fileDigest" TEXT NOT NULL,
  "replacedBy" INTEGER,
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "RosterStrike_pkey" PRIMARY KEY ("institution", "resolutionId", "sequence")
);

-- A corrected place may keep the certificate number of the one that was struck; doubles are refused by rule.
DROP INDEX "RosterEntry_institution_resolutionId_certificateNumber_key";
CREATE INDEX "RosterEntry_institution_resolutionId_certificateNumber_idx" ON "RosterEntry" ("institution", "resolutionId", "certificateNumber");

ALTER TABLE "WrittenApplication" ADD CONSTRAINT "WrittenApplication_institution_revocationResolutionId_fkey" FOREIGN KEY ("institution", "revocationResolutionId") REFERENCES "RevocationResolution" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "WrittenApplication" ADD CONSTRAINT "WrittenApplication_checkedById_fkey" FOREIGN KEY ("checkedById") REFERENCES "Officer" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "RevocationResolution" ADD CONSTRAINT "RevocationResolution_institution_fkey" FOREIGN KEY ("institution") REFERENCES "Institution" ("code") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "ApplicationDocument" ADD CONSTRAINT "ApplicationDocument_institution_applicationId_fkey" FOREIGN KEY ("institution", "applicationId") REFERENCES "WrittenApplication" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "Dispatch" ADD CONSTRAINT "Dispatch_institution_applicationId_document_fkey" FOREIGN KEY ("institution", "applicationId", "document") REFERENCES "ApplicationDocument" ("institution", "applicationId", "sequence") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "Dispatch" ADD CONSTRAINT "Dispatch_dispatchedById_fkey" FOREIGN KEY ("dispatchedById") REFERENCES "Officer" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "ApplicationDecision" ADD CONSTRAINT "ApplicationDecision_institution_applicationId_fkey" FOREIGN KEY ("institution", "applicationId") REFERENCES "WrittenApplication" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "ApplicationDecision" ADD CONSTRAINT "ApplicationDecision_decidedById_fkey" FOREIGN KEY ("decidedById") REFERENCES "Officer" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "RecordEnd" ADD CONSTRAINT "RecordEnd_institution_recordId_fkey" FOREIGN KEY ("institution", "recordId") REFERENCES "DegreeRecord" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "RecordEnd" ADD CONSTRAINT "RecordEnd_institution_applicationId_fkey" FOREIGN KEY ("institution", "applicationId") REFERENCES "WrittenApplication" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "RosterStrike" ADD CONSTRAINT "RosterStrike_institution_resolutionId_sequence_fkey" FOREIGN KEY ("institution", "resolutionId", "sequence") REFERENCES "RosterEntry" ("institution", "resolutionId", "sequence") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- What the database itself refuses, whoever asks.
-- Art. 12, as for records (R11.2): who checks an application is not who drafted it.
ALTER TABLE "WrittenApplication" ADD CONSTRAINT "drafter_is_not_checker" CHECK ("checkedById" IS NULL OR "checkedById" <> "draftedById");
ALTER TABLE "RevocationResolution" ADD CONSTRAINT "revocation_votes_add_up" CHECK ("yes" + "no" + "abstain" = "present");
-- R12.2: what was sealed, sent, decided or ended stays as it was.
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "ApplicationDocument" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "Dispatch" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "ApplicationDecision" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "RecordEnd" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "RosterStrike" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "RevocationResolution" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "ApplicationDocument" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "Dispatch" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "ApplicationDecision" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "RecordEnd" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "RosterStrike" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "RevocationResolution" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
