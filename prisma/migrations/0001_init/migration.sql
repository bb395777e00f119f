-- The first shape of the register: tables, keys, and what the database itself refuses.

CREATE TABLE "Institution" (
  "code" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "documentPrefix" TEXT NOT NULL,
  "headName" TEXT NOT NULL,
  "chairName" TEXT NOT NULL,
  "provincialOfficeId" TEXT NOT NULL,
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "Institution_pkey" PRIMARY KEY ("code")
);

CREATE TABLE "Policy" (
  "institution" TEXT NOT NULL,
  "effectiveFrom" TEXT NOT NULL,
  "content" JSONB NOT NULL,
  CONSTRAINT "Policy_pkey" PRIMARY KEY ("institution", "effectiveFrom")
);

CREATE TABLE "CalendarDay" (
  "date" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  CONSTRAINT "CalendarDay_pkey" PRIMARY KEY ("date")
);

CREATE TABLE "Office" (
  "id" TEXT NOT NULL,
  "institutionCode" TEXT,
  "kind" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "categories" TEXT[],
  CONSTRAINT "Office_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Officer" (
  "id" UUID NOT NULL,
  "officeId" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "loginName" TEXT NOT NULL,
  "passwordHash" TEXT NOT NULL,
  "duties" TEXT[],
  "active" BOOLEAN NOT NULL DEFAULT true,
  "failedAttempts" INTEGER NOT NULL DEFAULT 0,
  "lockedUntil" TIMESTAMPTZ(3),
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "Officer_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Session" (
  "tokenHash" TEXT NOT NULL,
  "officerId" UUID NOT NULL,
  "createdAt" TIMESTAMPTZ(3) NOT NULL,
  "expiresAt" TIMESTAMPTZ(3) NOT NULL,
  "endedAt" TIMESTAMPTZ(3),
  CONSTRAINT "Session_pkey" PRIMARY KEY ("tokenHash")
);

CREATE TABLE "Seal" (
  "id" TEXT NOT NULL,
  "officeId" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "algorithm" TEXT NOT NULL,
  "certificate" BYTEA NOT NULL,
  "chain" BYTEA[],
  "diameterMm" INTEGER NOT NULL,
  "demo" BOOLEAN NOT NULL,
  "validFrom" TIMESTAMPTZ(3) NOT NULL,
  "validUntil" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "Seal_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "SealStatus" (
  "sealId" TEXT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  "status" TEXT NOT NULL,
  "reason" TEXT NOT NULL,
  CONSTRAINT "SealStatus_pkey" PRIMARY KEY ("sealId", "at")
);

CREATE TABLE "Resolution" (
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
  "rosterDigest" TEXT NOT NULL,
  "rosterRoot" TEXT NOT NULL,
  "rosterSize" INTEGER NOT NULL,
  "createdAt" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "Resolution_pkey" PRIMARY KEY ("institution", "id")
);

CREATE TABLE "RosterEntry" (
  "institution" TEXT NOT NULL,
  "resolutionId" UUID NOT NULL,
  "sequence" INTEGER NOT NULL,
  "name" TEXT NOT NULL,
  "studentNumber" TEXT NOT NULL,
  "category" TEXT NOT NULL,
  "degreeCategory" TEXT NOT NULL,
  "disciplineCode" TEXT NOT NULL,
  "conferralDate" TEXT NOT NULL,
  "certificateNumber" TEXT NOT NULL,
  CONSTRAINT "RosterEntry_pkey" PRIMARY KEY ("institution", "resolutionId", "sequence")
);

CREATE TABLE "CertificateTemplate" (
  "institution" TEXT NOT NULL,
  "id" UUID NOT NULL,
  "code" TEXT NOT NULL,
  "version" INTEGER NOT NULL,
  "name" TEXT NOT NULL,
  "level" TEXT NOT NULL,
  "categories" TEXT[],
  "validFrom" TEXT NOT NULL,
  "validUntil" TEXT,
  "layout" JSONB NOT NULL,
  "createdAt" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "CertificateTemplate_pkey" PRIMARY KEY ("institution", "id")
);

CREATE TABLE "CodeEntry" (
  "institution" TEXT NOT NULL,
  "codeTable" TEXT NOT NULL,
  "code" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "validFrom" TEXT NOT NULL,
  "validUntil" TEXT,
  CONSTRAINT "CodeEntry_pkey" PRIMARY KEY ("institution", "codeTable", "code", "validFrom")
);

CREATE TABLE "EnrolmentRecord" (
  "institution" TEXT NOT NULL,
  "id" UUID NOT NULL,
  "studentNumber" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "sex" TEXT NOT NULL,
  "birthDate" TEXT NOT NULL,
  "country" TEXT NOT NULL,
  "ethnicity" TEXT,
  "politicalStatus" TEXT,
  "identityType" TEXT NOT NULL,
  "identityNumber" TEXT NOT NULL,
  "identityNumberIndex" TEXT NOT NULL,
  "category" TEXT NOT NULL,
  "disciplineCode" TEXT NOT NULL,
  "disciplineName" TEXT NOT NULL,
  "trainingUnitCode" TEXT,
  "trainingUnitName" TEXT,
  "examineeNumber" TEXT,
  "admissionMonth" TEXT NOT NULL,
  "lengthOfStudy" TEXT,
  "studyForm" TEXT,
  "studyMode" TEXT,
  "graduationDate" TEXT,
  "importId" UUID NOT NULL,
  "updatedAt" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "EnrolmentRecord_pkey" PRIMARY KEY ("institution", "id")
);

CREATE TABLE "Batch" (
  "institution" TEXT NOT NULL,
  "id" UUID NOT NULL,
  "resolutionId" UUID NOT NULL,
  "category" TEXT NOT NULL,
  "officeId" TEXT NOT NULL,
  "state" TEXT NOT NULL,
  "version" INTEGER NOT NULL DEFAULT 1,
  "applicationId" UUID,
  "disclosedFrom" TEXT,
  "disclosedUntil" TEXT,
  "reportedAt" TIMESTAMPTZ(3),
  "createdAt" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "Batch_pkey" PRIMARY KEY ("institution", "id")
);

CREATE TABLE "DegreeRecord" (
  "institution" TEXT NOT NULL,
  "id" UUID NOT NULL,
  "state" TEXT NOT NULL,
  "version" INTEGER NOT NULL DEFAULT 1,
  "category" TEXT NOT NULL,
  "level" TEXT NOT NULL,
  "name" TEXT COLLATE "C" NOT NULL,
  "nameRaw" TEXT,
  "namePinyin" TEXT,
  "sex" TEXT NOT NULL,
  "country" TEXT NOT NULL,
  "ethnicity" TEXT,
  "politicalStatus" TEXT,
  "birthDate" TEXT NOT NULL,
  "identityType" TEXT NOT NULL,
  "identityNumber" TEXT NOT NULL,
  "identityNumberIndex" TEXT NOT NULL,
  "phone" TEXT,
  "email" TEXT,
  "headName" TEXT NOT NULL,
  "chairName" TEXT NOT NULL,
  "degreeCategory" TEXT NOT NULL,
  "disciplineCode" TEXT NOT NULL,
  "disciplineName" TEXT NOT NULL,
  "conferralDate" TEXT NOT NULL,
  "certificateNumber" TEXT NOT NULL,
  "resolutionNumber" TEXT NOT NULL,
  "studentNumber" TEXT,
  "examineeNumber" TEXT,
  "trainingUnitCode" TEXT,
  "trainingUnitName" TEXT,
  "admissionMonth" TEXT,
  "lengthOfStudy" TEXT,
  "studyForm" TEXT,
  "studyMode" TEXT,
  "graduationMonth" TEXT,
  "supervisorName" TEXT,
  "applicationNumber" TEXT,
  "applicationMonth" TEXT,
  "outcomeType" TEXT,
  "thesisTitle" TEXT,
  "thesisKeywords" TEXT,
  "thesisTopicSource" TEXT,
  "thesisDirection" TEXT,
  "thesisLanguage" TEXT,
  "remark" TEXT,
  "photoDigest" TEXT,
  "salt" TEXT NOT NULL,
  "digest" TEXT NOT NULL,
  "resolutionId" UUID NOT NULL,
  "batchId" UUID NOT NULL,
  "rosterSequence" INTEGER NOT NULL,
  "enrolmentRecordId" UUID,
  "certificateTemplateId" UUID,
  "supplementary" BOOLEAN NOT NULL DEFAULT false,
  "importId" UUID,
  "importLine" INTEGER,
  "collectedById" UUID NOT NULL,
  "crossCheckedById" UUID,
  "disclosedKeyDigest" TEXT,
  "firstReportedAt" TIMESTAMPTZ(3),
  "filedAt" TIMESTAMPTZ(3),
  "createdAt" TIMESTAMPTZ(3) NOT NULL,
  "updatedAt" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "DegreeRecord_pkey" PRIMARY KEY ("institution", "id")
);

CREATE TABLE "RecordVersion" (
  "institution" TEXT NOT NULL,
  "recordId" UUID NOT NULL,
  "version" INTEGER NOT NULL,
  "digest" TEXT NOT NULL,
  "salt" TEXT NOT NULL,
  "content" JSONB NOT NULL,
  "replacedAt" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "RecordVersion_pkey" PRIMARY KEY ("institution", "recordId", "version")
);

CREATE TABLE "CertificateNumber" (
  "number" TEXT NOT NULL,
  "institution" TEXT NOT NULL,
  "recordId" UUID NOT NULL,
  "takenAt" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "CertificateNumber_pkey" PRIMARY KEY ("number")
);

CREATE TABLE "ReviewReason" (
  "institution" TEXT NOT NULL,
  "id" UUID NOT NULL,
  "recordId" UUID NOT NULL,
  "stepId" UUID NOT NULL,
  "field" TEXT NOT NULL,
  "reason" TEXT NOT NULL,
  "returnedVersion" INTEGER NOT NULL,
  "resolvedVersion" INTEGER,
  CONSTRAINT "ReviewReason_pkey" PRIMARY KEY ("institution", "id")
);

CREATE TABLE "Objection" (
  "institution" TEXT NOT NULL,
  "id" UUID NOT NULL,
  "batchId" UUID NOT NULL,
  "recordId" UUID NOT NULL,
  "reason" TEXT NOT NULL,
  "raisedBy" TEXT NOT NULL,
  "raisedAt" TIMESTAMPTZ(3) NOT NULL,
  "outcome" TEXT,
  "resolvedAt" TIMESTAMPTZ(3),
  CONSTRAINT "Objection_pkey" PRIMARY KEY ("institution", "id")
);

CREATE TABLE "StoredFile" (
  "institution" TEXT NOT NULL,
  "digest" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "mediaType" TEXT NOT NULL,
  "size" INTEGER NOT NULL,
  "bytes" BYTEA NOT NULL,
  "createdAt" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "StoredFile_pkey" PRIMARY KEY ("institution", "digest")
);

CREATE TABLE "Import" (
  "institution" TEXT NOT NULL,
  "id" UUID NOT NULL,
  "kind" TEXT NOT NULL,
  "state" TEXT NOT NULL,
  "fileDigest" TEXT NOT NULL,
  "fileName" TEXT NOT NULL,
  "format" TEXT NOT NULL,
  "encoding" TEXT,
  "edition" TEXT,
  "category" TEXT,
  "resolutionId" UUID,
  "total" INTEGER NOT NULL,
  "accepted" INTEGER NOT NULL,
  "refused" INTEGER NOT NULL,
  "createdById" UUID NOT NULL,
  "createdAt" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "Import_pkey" PRIMARY KEY ("institution", "id")
);

CREATE TABLE "ImportProblem" (
  "institution" TEXT NOT NULL,
  "importId" UUID NOT NULL,
  "sequence" INTEGER NOT NULL,
  "line" INTEGER NOT NULL,
  "column" TEXT NOT NULL,
  "code" TEXT NOT NULL,
  "article" TEXT NOT NULL,
  "message" TEXT NOT NULL,
  "messageEn" TEXT NOT NULL,
  "found" TEXT,
  "expected" TEXT,
  CONSTRAINT "ImportProblem_pkey" PRIMARY KEY ("institution", "importId", "sequence")
);

CREATE TABLE "WrittenApplication" (
  "institution" TEXT NOT NULL,
  "id" UUID NOT NULL,
  "kind" TEXT NOT NULL,
  "state" TEXT NOT NULL,
  "version" INTEGER NOT NULL DEFAULT 1,
  "category" TEXT NOT NULL,
  "resolutionId" UUID NOT NULL,
  "reason" TEXT NOT NULL,
  "measures" TEXT NOT NULL,
  "contactName" TEXT,
  "contactPhone" TEXT,
  "documentNumber" TEXT,
  "documentDate" TEXT,
  "verificationCode" TEXT,
  "pdfDigest" TEXT,
  "dataDigest" TEXT,
  "draftedById" UUID NOT NULL,
  "createdAt" TIMESTAMPTZ(3) NOT NULL,
  "sealedAt" TIMESTAMPTZ(3),
  "decision" TEXT,
  "decisionNumber" TEXT,
  "decisionReason" TEXT,
  "decisionFileDigest" TEXT,
  "decidedAt" TIMESTAMPTZ(3),
  CONSTRAINT "WrittenApplication_pkey" PRIMARY KEY ("institution", "id")
);

CREATE TABLE "ApplicationRecord" (
  "institution" TEXT NOT NULL,
  "applicationId" UUID NOT NULL,
  "recordId" UUID NOT NULL,
  "position" INTEGER NOT NULL,
  CONSTRAINT "ApplicationRecord_pkey" PRIMARY KEY ("institution", "applicationId", "recordId")
);

CREATE TABLE "Evidence" (
  "institution" TEXT NOT NULL,
  "applicationId" UUID NOT NULL,
  "position" INTEGER NOT NULL,
  "title" TEXT NOT NULL,
  "fileDigest" TEXT NOT NULL,
  CONSTRAINT "Evidence_pkey" PRIMARY KEY ("institution", "applicationId", "position")
);

CREATE TABLE "NumberSequence" (
  "institution" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "last" INTEGER NOT NULL,
  CONSTRAINT "NumberSequence_pkey" PRIMARY KEY ("institution", "name")
);

CREATE TABLE "Step" (
  "institution" TEXT NOT NULL,
  "id" UUID NOT NULL,
  "name" TEXT NOT NULL,
  "article" TEXT NOT NULL,
  "officeId" TEXT NOT NULL,
  "officerId" UUID NOT NULL,
  "sealId" TEXT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  "statement" TEXT NOT NULL,
  "leafIndex" INTEGER NOT NULL,
  "leafHash" TEXT NOT NULL,
  "signature" BYTEA NOT NULL,
  "subjectCount" INTEGER NOT NULL,
  "batchRoot" TEXT,
  CONSTRAINT "Step_pkey" PRIMARY KEY ("institution", "id")
);

CREATE TABLE "StepSubject" (
  "institution" TEXT NOT NULL,
  "stepId" UUID NOT NULL,
  "position" INTEGER NOT NULL,
  "kind" TEXT NOT NULL,
  "subjectId" UUID NOT NULL,
  "version" INTEGER NOT NULL,
  "digest" TEXT NOT NULL,
  "previousStepId" UUID,
  CONSTRAINT "StepSubject_pkey" PRIMARY KEY ("institution", "stepId", "position")
);

CREATE TABLE "LogHead" (
  "institution" TEXT NOT NULL,
  "size" INTEGER NOT NULL,
  "frontier" TEXT[],
  CONSTRAINT "LogHead_pkey" PRIMARY KEY ("institution")
);

CREATE TABLE "LogTile" (
  "institution" TEXT NOT NULL,
  "level" INTEGER NOT NULL,
  "position" INTEGER NOT NULL,
  "hashes" BYTEA NOT NULL,
  CONSTRAINT "LogTile_pkey" PRIMARY KEY ("institution", "level", "position")
);

CREATE TABLE "Checkpoint" (
  "institution" TEXT NOT NULL,
  "size" INTEGER NOT NULL,
  "text" TEXT NOT NULL,
  "seal" BYTEA NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "Checkpoint_pkey" PRIMARY KEY ("institution", "size")
);

CREATE TABLE "IdempotentCall" (
  "officerId" UUID NOT NULL,
  "key" TEXT NOT NULL,
  "procedure" TEXT NOT NULL,
  "requestDigest" TEXT NOT NULL,
  "result" JSONB NOT NULL,
  "createdAt" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "IdempotentCall_pkey" PRIMARY KEY ("officerId", "key")
);

CREATE TABLE "Reveal" (
  "institution" TEXT NOT NULL,
  "id" UUID NOT NULL,
  "officerId" UUID NOT NULL,
  "recordId" UUID NOT NULL,
  "field" TEXT NOT NULL,
  "reason" TEXT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "Reveal_pkey" PRIMARY KEY ("institution", "id")
);

CREATE UNIQUE INDEX "Officer_loginName_key" ON "Officer" ("loginName");
CREATE INDEX "Officer_officeId_idx" ON "Officer" ("officeId");
CREATE INDEX "Session_officerId_idx" ON "Session" ("officerId");
CREATE UNIQUE INDEX "Resolution_institution_number_key" ON "Resolution" ("institution", "number");
CREATE UNIQUE INDEX "RosterEntry_institution_resolutionId_certificateNumber_key" ON "RosterEntry" ("institution", "resolutionId", "certificateNumber");
CREATE UNIQUE INDEX "CertificateTemplate_institution_code_version_key" ON "CertificateTemplate" ("institution", "code", "version");
CREATE UNIQUE INDEX "EnrolmentRecord_institution_studentNumber_key" ON "EnrolmentRecord" ("institution", "studentNumber");
CREATE INDEX "EnrolmentRecord_institution_identityNumberIndex_idx" ON "EnrolmentRecord" ("institution", "identityNumberIndex");
CREATE INDEX "Batch_institution_resolutionId_idx" ON "Batch" ("institution", "resolutionId");
CREATE UNIQUE INDEX "DegreeRecord_institution_certificateNumber_key" ON "DegreeRecord" ("institution", "certificateNumber");
CREATE INDEX "DegreeRecord_institution_batchId_id_idx" ON "DegreeRecord" ("institution", "batchId", "id");
CREATE INDEX "DegreeRecord_institution_resolutionId_rosterSequence_idx" ON "DegreeRecord" ("institution", "resolutionId", "rosterSequence");
CREATE INDEX "DegreeRecord_institution_identityNumberIndex_idx" ON "DegreeRecord" ("institution", "identityNumberIndex");
CREATE INDEX "DegreeRecord_institution_name_id_idx" ON "DegreeRecord" ("institution", "name", "id");
CREATE INDEX "DegreeRecord_institution_state_id_idx" ON "DegreeRecord" ("institution", "state", "id");
CREATE INDEX "DegreeRecord_institution_studentNumber_idx" ON "DegreeRecord" ("institution", "studentNumber");
CREATE INDEX "ReviewReason_institution_recordId_idx" ON "ReviewReason" ("institution", "recordId");
CREATE INDEX "Objection_institution_recordId_idx" ON "Objection" ("institution", "recordId");
CREATE UNIQUE INDEX "WrittenApplication_verificationCode_key" ON "WrittenApplication" ("verificationCode");
CREATE INDEX "WrittenApplication_institution_kind_id_idx" ON "WrittenApplication" ("institution", "kind", "id");
CREATE INDEX "ApplicationRecord_institution_recordId_idx" ON "ApplicationRecord" ("institution", "recordId");
CREATE UNIQUE INDEX "Step_institution_leafIndex_key" ON "Step" ("institution", "leafIndex");
CREATE INDEX "StepSubject_institution_subjectId_stepId_idx" ON "StepSubject" ("institution", "subjectId", "stepId");
CREATE INDEX "Reveal_institution_recordId_idx" ON "Reveal" ("institution", "recordId");

ALTER TABLE "Institution" ADD CONSTRAINT "Institution_provincialOfficeId_fkey" FOREIGN KEY ("provincialOfficeId") REFERENCES "Office" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "Policy" ADD CONSTRAINT "Policy_institution_fkey" FOREIGN KEY ("institution") REFERENCES "Institution" ("code") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "Office" ADD CONSTRAINT "Office_institutionCode_fkey" FOREIGN KEY ("institutionCode") REFERENCES "Institution" ("code") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "Officer" ADD CONSTRAINT "Officer_officeId_fkey" FOREIGN KEY ("officeId") REFERENCES "Office" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "Session" ADD CONSTRAINT "Session_officerId_fkey" FOREIGN KEY ("officerId") REFERENCES "Officer" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "Seal" ADD CONSTRAINT "Seal_officeId_fkey" FOREIGN KEY ("officeId") REFERENCES "Office" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "SealStatus" ADD CONSTRAINT "SealStatus_sealId_fkey" FOREIGN KEY ("sealId") REFERENCES "Seal" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "Resolution" ADD CONSTRAINT "Resolution_institution_fkey" FOREIGN KEY ("institution") REFERENCES "Institution" ("code") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "RosterEntry" ADD CONSTRAINT "RosterEntry_institution_resolutionId_fkey" FOREIGN KEY ("institution", "resolutionId") REFERENCES "Resolution" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "CertificateTemplate" ADD CONSTRAINT "CertificateTemplate_institution_fkey" FOREIGN KEY ("institution") REFERENCES "Institution" ("code") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "EnrolmentRecord" ADD CONSTRAINT "EnrolmentRecord_institution_fkey" FOREIGN KEY ("institution") REFERENCES "Institution" ("code") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "Batch" ADD CONSTRAINT "Batch_institution_fkey" FOREIGN KEY ("institution") REFERENCES "Institution" ("code") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "Batch" ADD CONSTRAINT "Batch_institution_resolutionId_fkey" FOREIGN KEY ("institution", "resolutionId") REFERENCES "Resolution" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "Batch" ADD CONSTRAINT "Batch_institution_applicationId_fkey" FOREIGN KEY ("institution", "applicationId") REFERENCES "WrittenApplication" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "DegreeRecord" ADD CONSTRAINT "DegreeRecord_institution_fkey" FOREIGN KEY ("institution") REFERENCES "Institution" ("code") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "DegreeRecord" ADD CONSTRAINT "DegreeRecord_institution_resolutionId_fkey" FOREIGN KEY ("institution", "resolutionId") REFERENCES "Resolution" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "DegreeRecord" ADD CONSTRAINT "DegreeRecord_institution_batchId_fkey" FOREIGN KEY ("institution", "batchId") REFERENCES "Batch" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "DegreeRecord" ADD CONSTRAINT "DegreeRecord_institution_enrolmentRecordId_fkey" FOREIGN KEY ("institution", "enrolmentRecordId") REFERENCES "EnrolmentRecord" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "DegreeRecord" ADD CONSTRAINT "DegreeRecord_institution_certificateTemplateId_fkey" FOREIGN KEY ("institution", "certificateTemplateId") REFERENCES "CertificateTemplate" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "DegreeRecord" ADD CONSTRAINT "DegreeRecord_collectedById_fkey" FOREIGN KEY ("collectedById") REFERENCES "Officer" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "DegreeRecord" ADD CONSTRAINT "DegreeRecord_crossCheckedById_fkey" FOREIGN KEY ("crossCheckedById") REFERENCES "Officer" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "RecordVersion" ADD CONSTRAINT "RecordVersion_institution_recordId_fkey" FOREIGN KEY ("institution", "recordId") REFERENCES "DegreeRecord" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "ReviewReason" ADD CONSTRAINT "ReviewReason_institution_recordId_fkey" FOREIGN KEY ("institution", "recordId") REFERENCES "DegreeRecord" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "ReviewReason" ADD CONSTRAINT "ReviewReason_institution_stepId_fkey" FOREIGN KEY ("institution", "stepId") REFERENCES "Step" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "Objection" ADD CONSTRAINT "Objection_institution_batchId_fkey" FOREIGN KEY ("institution", "batchId") REFERENCES "Batch" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "Objection" ADD CONSTRAINT "Objection_institution_recordId_fkey" FOREIGN KEY ("institution", "recordId") REFERENCES "DegreeRecord" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "Import" ADD CONSTRAINT "Import_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "Officer" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "ImportProblem" ADD CONSTRAINT "ImportProblem_institution_importId_fkey" FOREIGN KEY ("institution", "importId") REFERENCES "Import" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "WrittenApplication" ADD CONSTRAINT "WrittenApplication_institution_fkey" FOREIGN KEY ("institution") REFERENCES "Institution" ("code") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "WrittenApplication" ADD CONSTRAINT "WrittenApplication_institution_resolutionId_fkey" FOREIGN KEY ("institution", "resolutionId") REFERENCES "Resolution" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "WrittenApplication" ADD CONSTRAINT "WrittenApplication_draftedById_fkey" FOREIGN KEY ("draftedById") REFERENCES "Officer" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "ApplicationRecord" ADD CONSTRAINT "ApplicationRecord_institution_applicationId_fkey" FOREIGN KEY ("institution", "applicationId") REFERENCES "WrittenApplication" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "ApplicationRecord" ADD CONSTRAINT "ApplicationRecord_institution_recordId_fkey" FOREIGN KEY ("institution", "recordId") REFERENCES "DegreeRecord" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "Evidence" ADD CONSTRAINT "Evidence_institution_applicationId_fkey" FOREIGN KEY ("institution", "applicationId") REFERENCES "WrittenApplication" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "Step" ADD CONSTRAINT "Step_institution_fkey" FOREIGN KEY ("institution") REFERENCES "Institution" ("code") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "Step" ADD CONSTRAINT "Step_officeId_fkey" FOREIGN KEY ("officeId") REFERENCES "Office" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "Step" ADD CONSTRAINT "Step_officerId_fkey" FOREIGN KEY ("officerId") REFERENCES "Officer" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "Step" ADD CONSTRAINT "Step_sealId_fkey" FOREIGN KEY ("sealId") REFERENCES "Seal" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "StepSubject" ADD CONSTRAINT "StepSubject_institution_stepId_fkey" FOREIGN KEY ("institution", "stepId") REFERENCES "Step" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- What the database itself refuses, whoever asks.

-- R11.2: the officer who cross-checks is not the one who collected.
ALTER TABLE "DegreeRecord" ADD CONSTRAINT "collector_is_not_checker" CHECK ("crossCheckedById" IS NULL OR "crossCheckedById" <> "collectedById");
-- R11.2: nothing moves past the cross-check without a checker.
ALTER TABLE "DegreeRecord" ADD CONSTRAINT "cross_checked_has_checker" CHECK ("state" IN ('collected', 'returned', 'withdrawn', 'deleted') OR "crossCheckedById" IS NOT NULL);
ALTER TABLE "DegreeRecord" ADD CONSTRAINT "certificate_number_shape" CHECK (length("certificateNumber") BETWEEN 16 AND 17);
ALTER TABLE "Resolution" ADD CONSTRAINT "votes_add_up" CHECK ("yes" + "no" + "abstain" = "present");
ALTER TABLE "StepSubject" ADD CONSTRAINT "digest_is_sha256" CHECK ("digest" ~ '^[0-9a-f]{64}$');

-- R12.2: the original-record archive is append-only.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the original-record archive is append-only (article 12): % on %', TG_OP, TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "Step" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "StepSubject" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "Checkpoint" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "RecordVersion" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "Reveal" FOR EACH ROW EXECUTE FUNCTION refuse_change();
-- A certificate number is given once, for ever; a record is never removed, only marked.
CREATE TRIGGER append_only BEFORE DELETE ON "CertificateNumber" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE DELETE ON "DegreeRecord" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE DELETE ON "Resolution" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE DELETE ON "WrittenApplication" FOR EACH ROW EXECUTE FUNCTION refuse_change();
