-- The original-record archive (art. 12): exports of it, appraisals, transfers. Retention never deletes.

CREATE TABLE "ArchiveExport" (
  "institution" TEXT NOT NULL,
  "id" UUID NOT NULL,
  "scope" TEXT NOT NULL,
  "subjectId" UUID,
  "year" INTEGER,
  "categories" TEXT[],
  "title" TEXT NOT NULL,
  "purpose" TEXT NOT NULL,
  "state" TEXT NOT NULL,
  "failure" TEXT,
  "officeId" TEXT NOT NULL,
  "orderedById" UUID NOT NULL,
  "orderedAt" TIMESTAMPTZ(3) NOT NULL,
  "orderStepId" UUID NOT NULL,
  "jobId" UUID NOT NULL,
  "withSecrets" BOOLEAN NOT NULL,
  "secretSalt" TEXT,
  "secretKeyBox" TEXT,
  "records" INTEGER NOT NULL,
  "steps" INTEGER,
  "files" INTEGER,
  "withheld" INTEGER,
  "logSize" INTEGER,
  "stepId" UUID,
  "sealedAt" TIMESTAMPTZ(3),
  "manifestDigest" TEXT,
  "fileDigest" TEXT,
  "size" BIGINT,
  CONSTRAINT "ArchiveExport_pkey" PRIMARY KEY ("institution", "id")
);

CREATE TABLE "ArchiveSubject" (
  "institution" TEXT NOT NULL,
  "archiveId" UUID NOT NULL,
  "subjectId" UUID NOT NULL,
  "kind" TEXT NOT NULL,
  CONSTRAINT "ArchiveSubject_pkey" PRIMARY KEY ("institution", "archiveId", "subjectId")
);

CREATE TABLE "ArchiveEntry" (
  "institution" TEXT NOT NULL,
  "archiveId" UUID NOT NULL,
  "position" INTEGER NOT NULL,
  "path" TEXT NOT NULL,
  "digest" TEXT NOT NULL,
  "size" INTEGER NOT NULL,
  "packed" INTEGER NOT NULL,
  "crc" BIGINT NOT NULL,
  "offset" BIGINT NOT NULL,
  "method" INTEGER NOT NULL,
  CONSTRAINT "ArchiveEntry_pkey" PRIMARY KEY ("institution", "archiveId", "position")
);

CREATE TABLE "ArchivePiece" (
  "institution" TEXT NOT NULL,
  "archiveId" UUID NOT NULL,
  "piece" INTEGER NOT NULL,
  "box" BYTEA NOT NULL,
  CONSTRAINT "ArchivePiece_pkey" PRIMARY KEY ("institution", "archiveId", "piece")
);

CREATE TABLE "ArchiveDownload" (
  "institution" TEXT NOT NULL,
  "id" UUID NOT NULL,
  "archiveId" UUID NOT NULL,
  "officerId" UUID NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "ArchiveDownload_pkey" PRIMARY KEY ("institution", "id")
);

CREATE TABLE "ArchiveAppraisal" (
  "institution" TEXT NOT NULL,
  "id" UUID NOT NULL,
  "year" INTEGER NOT NULL,
  "retention" TEXT NOT NULL,
  "opinion" TEXT NOT NULL,
  "records" INTEGER NOT NULL,
  "filedUntil" TEXT NOT NULL,
  "keepUntil" TEXT,
  "officerId" UUID NOT NULL,
  "stepId" UUID NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "ArchiveAppraisal_pkey" PRIMARY KEY ("institution", "id")
);

CREATE TABLE "ArchiveTransfer" (
  "institution" TEXT NOT NULL,
  "id" UUID NOT NULL,
  "archiveId" UUID NOT NULL,
  "recipient" TEXT NOT NULL,
  "medium" TEXT NOT NULL,
  "receiptNumber" TEXT NOT NULL,
  "receiptDigest" TEXT NOT NULL,
  "fileDigest" TEXT NOT NULL,
  "transferredOn" TEXT NOT NULL,
  "officerId" UUID NOT NULL,
  "stepId" UUID NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "ArchiveTransfer_pkey" PRIMARY KEY ("institution", "id")
);

CREATE INDEX "ArchiveExport_institution_scope_year_idx" ON "ArchiveExport" ("institution", "scope", "year");
CREATE INDEX "ArchiveSubject_institution_subjectId_idx" ON "ArchiveSubject" ("institution", "subjectId");
CREATE INDEX "ArchiveDownload_institution_archiveId_idx" ON "ArchiveDownload" ("institution", "archiveId");
CREATE INDEX "ArchiveAppraisal_institution_year_idx" ON "ArchiveAppraisal" ("institution", "year");
CREATE INDEX "ArchiveTransfer_institution_archiveId_idx" ON "ArchiveTransfer" ("institution", "archiveId");

ALTER TABLE "ArchiveExport" ADD CONSTRAINT "ArchiveExport_institution_fkey" FOREIGN KEY ("institution") REFERENCES "Institution" ("code") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "ArchiveExport" ADD CONSTRAINT "ArchiveExport_officeId_fkey" FOREIGN KEY ("officeId") REFERENCES "Office" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "ArchiveExport" ADD CONSTRAINT "ArchiveExport_orderedById_fkey" FOREIGN KEY ("orderedById") REFERENCES "Officer" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "ArchiveSubject" ADD CONSTRAINT "ArchiveSubject_institution_archiveId_fkey" FOREIGN KEY ("institution", "archiveId") REFERENCES "ArchiveExport" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "ArchiveEntry" ADD CONSTRAINT "ArchiveEntry_institution_archiveId_fkey" FOREIGN KEY ("institution", "archiveId") REFERENCES "ArchiveExport" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "ArchivePiece" ADD CONSTRAINT "ArchivePiece_institution_archiveId_fkey" FOREIGN KEY ("institution", "archiveId") REFERENCES "ArchiveExport" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "ArchiveDownload" ADD CONSTRAINT "ArchiveDownload_institution_archiveId_fkey" FOREIGN KEY ("institution", "archiveId") REFERENCES "ArchiveExport" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "ArchiveDownload" ADD CONSTRAINT "ArchiveDownload_officerId_fkey" FOREIGN KEY ("officerId") REFERENCES "Officer" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "ArchiveAppraisal" ADD CONSTRAINT "ArchiveAppraisal_institution_fkey" FOREIGN KEY ("institution") REFERENCES "Institution" ("code") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "ArchiveAppraisal" ADD CONSTRAINT "ArchiveAppraisal_officerId_fkey" FOREIGN KEY ("officerId") REFERENCES "Officer" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "ArchiveAppraisal" ADD CONSTRAINT "ArchiveAppraisal_institution_stepId_fkey" FOREIGN KEY ("institution", "stepId") REFERENCES "Step" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "ArchiveTransfer" ADD CONSTRAINT "ArchiveTransfer_institution_archiveId_fkey" FOREIGN KEY ("institution", "archiveId") REFERENCES "ArchiveExport" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "ArchiveTransfer" ADD CONSTRAINT "ArchiveTransfer_officerId_fkey" FOREIGN KEY ("officerId") REFERENCES "Officer" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "ArchiveTransfer" ADD CONSTRAINT "ArchiveTransfer_institution_stepId_fkey" FOREIGN KEY ("institution", "stepId") REFERENCES "Step" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

CREATE FUNCTION guard_archive() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."state" = 'done' THEN
    RAISE EXCEPTION 'a sealed archive is append-only (article 12)';
  END IF;
  RETURN NEW;
END $$;

-- While an archive is being made its parts are working papers: they are written anew when a record moved meanwhile.
CREATE FUNCTION guard_archive_part() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM "ArchiveExport" a WHERE a."institution" = OLD."institution" AND a."id" = OLD."archiveId" AND a."state" = 'done') THEN
    RAISE EXCEPTION 'the parts of a sealed archive are append-only (article 12)';
  END IF;
  RETURN OLD;
END $$;

CREATE TRIGGER sealed_is_sealed BEFORE UPDATE ON "ArchiveExport" FOR EACH ROW EXECUTE FUNCTION guard_archive();
CREATE TRIGGER append_only BEFORE DELETE ON "ArchiveExport" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "ArchiveExport" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_changed BEFORE UPDATE ON "ArchiveSubject" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER kept_when_sealed BEFORE DELETE ON "ArchiveSubject" FOR EACH ROW EXECUTE FUNCTION guard_archive_part();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "ArchiveSubject" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_changed BEFORE UPDATE ON "ArchiveEntry" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER kept_when_sealed BEFORE DELETE ON "ArchiveEntry" FOR EACH ROW EXECUTE FUNCTION guard_archive_part();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "ArchiveEntry" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- A piece stays what it is; its box may go over to another key, and only where the transaction says that it is re-encrypting.
CREATE FUNCTION guard_archive_piece() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('vermilion.re_encrypt', true) IS DISTINCT FROM 'on'
    OR to_jsonb(NEW) - 'box' IS DISTINCT FROM to_jsonb(OLD) - 'box' OR length(NEW."box") - get_byte(NEW."box", 0) <> length(OLD."box") - get_byte(OLD."box", 0) THEN
    RAISE EXCEPTION 'the original-record archive is append-only (article 12): % on %', TG_OP, TG_TABLE_NAME USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER only_boxes_change BEFORE UPDATE ON "ArchivePiece" FOR EACH ROW EXECUTE FUNCTION guard_archive_piece();
CREATE TRIGGER kept_when_sealed BEFORE DELETE ON "ArchivePiece" FOR EACH ROW EXECUTE FUNCTION guard_archive_part();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "ArchivePiece" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "ArchiveDownload" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "ArchiveDownload" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "ArchiveAppraisal" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "ArchiveAppraisal" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "ArchiveTransfer" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "ArchiveTransfer" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What original records rest on is not deleted either, whoever asks (art. 12).
CREATE TRIGGER append_only BEFORE DELETE ON "StoredFile" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "StoredFile" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE DELETE ON "Batch" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "Batch" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE DELETE ON "EnrolmentRecord" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "EnrolmentRecord" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE DELETE ON "Import" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "Import" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE DELETE ON "ReviewReason" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "ReviewReason" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE DELETE ON "Objection" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "Objection" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE DELETE ON "RosterEntry" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "RosterEntry" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
