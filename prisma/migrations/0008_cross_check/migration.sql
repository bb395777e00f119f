-- The cross-check in person (draws, examinations) and the internal disclosure (openings, links, objections from outside).

CREATE TABLE "CrossCheckDraw" (
  "institution" TEXT NOT NULL,
  "batchId" UUID NOT NULL,
  "number" INTEGER NOT NULL,
  "whole" BOOLEAN NOT NULL,
  "percent" INTEGER NOT NULL,
  "errorLimit" INTEGER NOT NULL,
  "secondEntry" BOOLEAN NOT NULL,
  "population" INTEGER NOT NULL,
  "sampled" INTEGER NOT NULL,
  "seedDigest" TEXT NOT NULL,
  "drawnById" UUID NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "CrossCheckDraw_pkey" PRIMARY KEY ("institution", "batchId", "number")
);

CREATE TABLE "DrawnRecord" (
  "institution" TEXT NOT NULL,
  "batchId" UUID NOT NULL,
  "draw" INTEGER NOT NULL,
  "recordId" UUID NOT NULL,
  "version" INTEGER NOT NULL,
  "sampled" BOOLEAN NOT NULL,
  CONSTRAINT "DrawnRecord_pkey" PRIMARY KEY ("institution", "batchId", "draw", "recordId")
);

CREATE TABLE "Examination" (
  "institution" TEXT NOT NULL,
  "id" UUID NOT NULL,
  "batchId" UUID NOT NULL,
  "recordId" UUID NOT NULL,
  "version" INTEGER NOT NULL,
  "agrees" BOOLEAN NOT NULL,
  "wrong" JSONB NOT NULL DEFAULT '[]',
  "note" TEXT,
  "entered" JSONB,
  "examinedById" UUID NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "Examination_pkey" PRIMARY KEY ("institution", "id")
);

CREATE TABLE "DisclosureOpening" (
  "institution" TEXT NOT NULL,
  "batchId" UUID NOT NULL,
  "number" INTEGER NOT NULL,
  "from" TEXT NOT NULL,
  "until" TEXT NOT NULL,
  "days" INTEGER NOT NULL,
  "nameMask" TEXT NOT NULL,
  "records" INTEGER NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "DisclosureOpening_pkey" PRIMARY KEY ("institution", "batchId", "number")
);

CREATE TABLE "DisclosureLink" (
  "institution" TEXT NOT NULL,
  "id" UUID NOT NULL,
  "batchId" UUID NOT NULL,
  "tokenHash" TEXT NOT NULL,
  "createdById" UUID NOT NULL,
  "createdAt" TIMESTAMPTZ(3) NOT NULL,
  "revokedAt" TIMESTAMPTZ(3),
  CONSTRAINT "DisclosureLink_pkey" PRIMARY KEY ("institution", "id")
);

CREATE TABLE "ReceivedObjection" (
  "institution" TEXT NOT NULL,
  "id" UUID NOT NULL,
  "batchId" UUID NOT NULL,
  "recordId" UUID NOT NULL,
  "reason" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "contact" TEXT NOT NULL,
  "addressIndex" TEXT NOT NULL,
  "receivedAt" TIMESTAMPTZ(3) NOT NULL,
  "objectionId" UUID,
  "acceptedAt" TIMESTAMPTZ(3),
  CONSTRAINT "ReceivedObjection_pkey" PRIMARY KEY ("institution", "id")
);

CREATE INDEX "DrawnRecord_institution_recordId_idx" ON "DrawnRecord" ("institution", "recordId");
CREATE INDEX "Examination_institution_batchId_id_idx" ON "Examination" ("institution", "batchId", "id");
CREATE INDEX "Examination_institution_recordId_idx" ON "Examination" ("institution", "recordId");
CREATE UNIQUE INDEX "DisclosureLink_tokenHash_key" ON "DisclosureLink" ("tokenHash");
CREATE INDEX "DisclosureLink_institution_batchId_idx" ON "DisclosureLink" ("institution", "batchId");
CREATE INDEX "ReceivedObjection_institution_batchId_id_idx" ON "ReceivedObjection" ("institution", "batchId", "id");
CREATE INDEX "ReceivedObjection_addressIndex_receivedAt_idx" ON "ReceivedObjection" ("addressIndex", "receivedAt");

ALTER TABLE "CrossCheckDraw" ADD CONSTRAINT "CrossCheckDraw_institution_batchId_fkey" FOREIGN KEY ("institution", "batchId") REFERENCES "Batch" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "CrossCheckDraw" ADD CONSTRAINT "CrossCheckDraw_drawnById_fkey" FOREIGN KEY ("drawnById") REFERENCES "Officer" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "DrawnRecord" ADD CONSTRAINT "DrawnRecord_institution_batchId_draw_fkey" FOREIGN KEY ("institution", "batchId", "draw") REFERENCES "CrossCheckDraw" ("institution", "batchId", "number") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "DrawnRecord" ADD CONSTRAINT "DrawnRecord_institution_recordId_fkey" FOREIGN KEY ("institution", "recordId") REFERENCES "DegreeRecord" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "Examination" ADD CONSTRAINT "Examination_institution_recordId_fkey" FOREIGN KEY ("institution", "recordId") REFERENCES "DegreeRecord" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "Examination" ADD CONSTRAINT "Examination_examinedById_fkey" FOREIGN KEY ("examinedById") REFERENCES "Officer" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "DisclosureOpening" ADD CONSTRAINT "DisclosureOpening_institution_batchId_fkey" FOREIGN KEY ("institution", "batchId") REFERENCES "Batch" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "DisclosureLink" ADD CONSTRAINT "DisclosureLink_institution_batchId_fkey" FOREIGN KEY ("institution", "batchId") REFERENCES "Batch" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "DisclosureLink" ADD CONSTRAINT "DisclosureLink_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "Officer" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "ReceivedObjection" ADD CONSTRAINT "ReceivedObjection_institution_batchId_fkey" FOREIGN KEY ("institution", "batchId") REFERENCES "Batch" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "ReceivedObjection" ADD CONSTRAINT "ReceivedObjection_institution_recordId_fkey" FOREIGN KEY ("institution", "recordId") REFERENCES "DegreeRecord" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "ReceivedObjection" ADD CONSTRAINT "ReceivedObjection_institution_objectionId_fkey" FOREIGN KEY ("institution", "objectionId") REFERENCES "Objection" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- What the database itself refuses, whoever asks.
-- R11.2: nobody examines what they collected themselves.
CREATE FUNCTION refuse_own_examination() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM "DegreeRecord" r WHERE r."institution" = NEW."institution" AND r."id" = NEW."recordId"
      AND r."collectedById" = NEW."examinedById") THEN
    RAISE EXCEPTION 'collector_is_not_examiner (article 11(2))';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER collector_is_not_examiner BEFORE INSERT ON "Examination" FOR EACH ROW EXECUTE FUNCTION refuse_own_examination();
ALTER TABLE "CrossCheckDraw" ADD CONSTRAINT "sample_within_population" CHECK ("sampled" BETWEEN 1 AND "population");
ALTER TABLE "ReceivedObjection" ADD CONSTRAINT "accepted_as_objection" CHECK (("acceptedAt" IS NULL) = ("objectionId" IS NULL));
-- R12.2: what was drawn, found and opened stays as it was; R11.3: no objection is lost.
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "CrossCheckDraw" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "DrawnRecord" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "Examination" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "DisclosureOpening" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE DELETE ON "ReceivedObjection" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "CrossCheckDraw" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "DrawnRecord" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "Examination" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "DisclosureOpening" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "ReceivedObjection" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
