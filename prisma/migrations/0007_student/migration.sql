-- The student's own word (art. 11(1)): one-time links, the student's own sessions and password, confirmations, disputes, correction requests.

-- A step may be taken by the student himself: it bears the seal of the office, and no officer.
ALTER TABLE "Step" ALTER COLUMN "officerId" DROP NOT NULL;
ALTER TABLE "Reveal" ALTER COLUMN "officerId" DROP NOT NULL;
ALTER TABLE "EnrolmentRecord" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;

CREATE TABLE "StudentLink" (
  "institution" TEXT NOT NULL,
  "id" UUID NOT NULL,
  "jobId" UUID NOT NULL,
  "recordId" UUID,
  "enrolmentRecordId" UUID,
  "tokenHash" TEXT NOT NULL,
  "lastDay" TEXT NOT NULL,
  "createdAt" TIMESTAMPTZ(3) NOT NULL,
  "usedAt" TIMESTAMPTZ(3),
  "supersededAt" TIMESTAMPTZ(3),
  "revokedAt" TIMESTAMPTZ(3),
  CONSTRAINT "StudentLink_pkey" PRIMARY KEY ("institution", "id")
);

CREATE TABLE "StudentSession" (
  "tokenHash" TEXT NOT NULL,
  "institution" TEXT NOT NULL,
  "recordId" UUID,
  "enrolmentRecordId" UUID,
  "createdAt" TIMESTAMPTZ(3) NOT NULL,
  "expiresAt" TIMESTAMPTZ(3) NOT NULL,
  "endedAt" TIMESTAMPTZ(3),
  CONSTRAINT "StudentSession_pkey" PRIMARY KEY ("tokenHash")
);

CREATE TABLE "StudentAccount" (
  "institution" TEXT NOT NULL,
  "id" UUID NOT NULL,
  "number" TEXT NOT NULL,
  "identityNumberIndex" TEXT NOT NULL,
  "recordId" UUID,
  "enrolmentRecordId" UUID,
  "passwordHash" TEXT NOT NULL,
  "failedAttempts" INTEGER NOT NULL DEFAULT 0,
  "lockedUntil" TIMESTAMPTZ(3),
  "changedAt" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "StudentAccount_pkey" PRIMARY KEY ("institution", "id")
);

CREATE TABLE "StudentConfirmation" (
  "institution" TEXT NOT NULL,
  "id" UUID NOT NULL,
  "recordId" UUID,
  "enrolmentRecordId" UUID,
  "version" INTEGER NOT NULL,
  "digest" TEXT NOT NULL,
  "fileDigest" TEXT,
  "stepId" UUID NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "StudentConfirmation_pkey" PRIMARY KEY ("institution", "id")
);

CREATE TABLE "StudentDispute" (
  "institution" TEXT NOT NULL,
  "id" UUID NOT NULL,
  "recordId" UUID,
  "enrolmentRecordId" UUID,
  "category" TEXT NOT NULL,
  "version" INTEGER NOT NULL,
  "content" TEXT NOT NULL,
  "evidence" TEXT[],
  "state" TEXT NOT NULL,
  "raisedAt" TIMESTAMPTZ(3) NOT NULL,
  "answer" TEXT,
  "answeredById" UUID,
  "answeredAt" TIMESTAMPTZ(3),
  "answeredVersion" INTEGER,
  CONSTRAINT "StudentDispute_pkey" PRIMARY KEY ("institution", "id")
);

CREATE TABLE "CorrectionRequest" (
  "institution" TEXT NOT NULL,
  "id" UUID NOT NULL,
  "caseNumber" TEXT NOT NULL,
  "recordId" UUID NOT NULL,
  "category" TEXT NOT NULL,
  "version" INTEGER NOT NULL,
  "content" TEXT NOT NULL,
  "evidence" TEXT[],
  "state" TEXT NOT NULL,
  "raisedAt" TIMESTAMPTZ(3) NOT NULL,
  "answer" TEXT,
  "answeredById" UUID,
  "answeredAt" TIMESTAMPTZ(3),
  "applicationId" UUID,
  CONSTRAINT "CorrectionRequest_pkey" PRIMARY KEY ("institution", "id")
);

CREATE TABLE "StudentFile" (
  "institution" TEXT NOT NULL,
  "id" UUID NOT NULL,
  "recordId" UUID,
  "enrolmentRecordId" UUID,
  "digest" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "StudentFile_pkey" PRIMARY KEY ("institution", "id")
);

CREATE UNIQUE INDEX "StudentLink_tokenHash_key" ON "StudentLink" ("tokenHash");
CREATE INDEX "StudentLink_institution_jobId_id_idx" ON "StudentLink" ("institution", "jobId", "id");
CREATE INDEX "StudentLink_institution_recordId_idx" ON "StudentLink" ("institution", "recordId");
CREATE INDEX "StudentLink_institution_enrolmentRecordId_idx" ON "StudentLink" ("institution", "enrolmentRecordId");
CREATE INDEX "StudentSession_institution_recordId_idx" ON "StudentSession" ("institution", "recordId");
CREATE INDEX "StudentSession_institution_enrolmentRecordId_idx" ON "StudentSession" ("institution", "enrolmentRecordId");
CREATE UNIQUE INDEX "StudentAccount_institution_number_key" ON "StudentAccount" ("institution", "number");
CREATE INDEX "StudentAccount_institution_recordId_idx" ON "StudentAccount" ("institution", "recordId");
CREATE INDEX "StudentAccount_institution_enrolmentRecordId_idx" ON "StudentAccount" ("institution", "enrolmentRecordId");
CREATE INDEX "StudentConfirmation_institution_recordId_version_idx" ON "StudentConfirmation" ("institution", "recordId", "version");
CREATE INDEX "StudentConfirmation_institution_enrolmentRecordId_version_idx" ON "StudentConfirmation" ("institution", "enrolmentRecordId", "version");
CREATE INDEX "StudentDispute_institution_recordId_idx" ON "StudentDispute" ("institution", "recordId");
CREATE INDEX "StudentDispute_institution_enrolmentRecordId_idx" ON "StudentDispute" ("institution", "enrolmentRecordId");
CREATE INDEX "StudentDispute_institution_state_id_idx" ON "StudentDispute" ("institution", "state", "id");
CREATE UNIQUE INDEX "CorrectionRequest_institution_caseNumber_key" ON "CorrectionRequest" ("institution", "caseNumber");
CREATE INDEX "CorrectionRequest_institution_recordId_idx" ON "CorrectionRequest" ("institution", "recordId");
CREATE INDEX "CorrectionRequest_institution_state_id_idx" ON "CorrectionRequest" ("institution", "state", "id");
CREATE UNIQUE INDEX "StudentFile_institution_recordId_digest_key" ON "StudentFile" ("institution", "recordId", "digest");
CREATE UNIQUE INDEX "StudentFile_institution_enrolmentRecordId_digest_key" ON "StudentFile" ("institution", "enrolmentRecordId", "digest");

ALTER TABLE "StudentLink" ADD CONSTRAINT "StudentLink_institution_recordId_fkey" FOREIGN KEY ("institution", "recordId") REFERENCES "DegreeRecord" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "StudentLink" ADD CONSTRAINT "StudentLink_institution_enrolmentRecordId_fkey" FOREIGN KEY ("institution", "enrolmentRecordId") REFERENCES "EnrolmentRecord" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "StudentSession" ADD CONSTRAINT "StudentSession_institution_recordId_fkey" FOREIGN KEY ("institution", "recordId") REFERENCES "DegreeRecord" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "StudentSession" ADD CONSTRAINT "StudentSession_institution_enrolmentRecordId_fkey" FOREIGN KEY ("institution", "enrolmentRecordId") REFERENCES "EnrolmentRecord" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "StudentAccount" ADD CONSTRAINT "StudentAccount_institution_recordId_fkey" FOREIGN KEY ("institution", "recordId") REFERENCES "DegreeRecord" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "StudentAccount" ADD CONSTRAINT "StudentAccount_institution_enrolmentRecordId_fkey" FOREIGN KEY ("institution", "enrolmentRecordId") REFERENCES "EnrolmentRecord" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "StudentConfirmation" ADD CONSTRAINT "StudentConfirmation_institution_recordId_fkey" FOREIGN KEY ("institution", "recordId") REFERENCES "DegreeRecord" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "StudentConfirmation" ADD CONSTRAINT "StudentConfirmation_institution_enrolmentRecordId_fkey" FOREIGN KEY ("institution", "enrolmentRecordId") REFERENCES "EnrolmentRecord" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "StudentDispute" ADD CONSTRAINT "StudentDispute_institution_recordId_fkey" FOREIGN KEY ("institution", "recordId") REFERENCES "DegreeRecord" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "StudentDispute" ADD CONSTRAINT "StudentDispute_institution_enrolmentRecordId_fkey" FOREIGN KEY ("institution", "enrolmentRecordId") REFERENCES "EnrolmentRecord" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "StudentDispute" ADD CONSTRAINT "StudentDispute_answeredById_fkey" FOREIGN KEY ("answeredById") REFERENCES "Officer" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "CorrectionRequest" ADD CONSTRAINT "CorrectionRequest_institution_recordId_fkey" FOREIGN KEY ("institution", "recordId") REFERENCES "DegreeRecord" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "CorrectionRequest" ADD CONSTRAINT "CorrectionRequest_answeredById_fkey" FOREIGN KEY ("answeredById") REFERENCES "Officer" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "CorrectionRequest" ADD CONSTRAINT "CorrectionRequest_institution_applicationId_fkey" FOREIGN KEY ("institution", "applicationId") REFERENCES "WrittenApplication" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "StudentFile" ADD CONSTRAINT "StudentFile_institution_recordId_fkey" FOREIGN KEY ("institution", "recordId") REFERENCES "DegreeRecord" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "StudentFile" ADD CONSTRAINT "StudentFile_institution_enrolmentRecordId_fkey" FOREIGN KEY ("institution", "enrolmentRecordId") REFERENCES "EnrolmentRecord" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- Exactly one thing is meant.
ALTER TABLE "StudentLink" ADD CONSTRAINT "one_thing" CHECK (num_nonnulls("recordId", "enrolmentRecordId") = 1);
ALTER TABLE "StudentSession" ADD CONSTRAINT "one_thing" CHECK (num_nonnulls("recordId", "enrolmentRecordId") = 1);
ALTER TABLE "StudentAccount" ADD CONSTRAINT "one_thing" CHECK (num_nonnulls("recordId", "enrolmentRecordId") = 1);
ALTER TABLE "StudentConfirmation" ADD CONSTRAINT "one_thing" CHECK (num_nonnulls("recordId", "enrolmentRecordId") = 1);
ALTER TABLE "StudentDispute" ADD CONSTRAINT "one_thing" CHECK (num_nonnulls("recordId", "enrolmentRecordId") = 1);
ALTER TABLE "StudentFile" ADD CONSTRAINT "one_thing" CHECK (num_nonnulls("recordId", "enrolmentRecordId") = 1);
-- A word that was answered names who answered it.
ALTER TABLE "StudentDispute" ADD CONSTRAINT "answered_by_somebody" CHECK (("state" = 'open') = ("answeredById" IS NULL));

-- R12.2: what a student has confirmed stays as it was.
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "StudentConfirmation" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "StudentConfirmation" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE DELETE ON "StudentDispute" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "StudentDispute" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE DELETE ON "CorrectionRequest" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "CorrectionRequest" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
